/** What the session cookie is made of. */
export interface SignedIn {
  sessionId: string;
  userId: string;
}
