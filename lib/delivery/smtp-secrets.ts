export interface Credentials {
  username: string;
  /** A password, or an access token for XOAUTH2. */
  secret: string;
}

// Shorter than that, hiding it would tell more than it hides.
const SHORTEST_SECRET = 3;
// What nobody knows beforehand: the answer to a CRAM-MD5 challenge, for one.
const ENCODED = /[A-Za-z0-9+/_-]{40,}={0,2}/g;
const HIDDEN = "***";

/** A server's text about signing in, without what was said to it: some repeat the whole command that they refuse (R45, R47). */
export function hideSecrets(text: string, secrets: readonly string[]): string {
  const patterns = secrets.filter((secret) => secret.length >= SHORTEST_SECRET).map((secret) => new RegExp(literal(secret), "gi"));
  return patterns.reduce((shown, pattern) => shown.replace(pattern, HIDDEN), text).replace(ENCODED, HIDDEN);
}

/** Every form in which credentials go over the wire, the longest first. */
export function secretForms({ username, secret }: Credentials): string[] {
  return [bearerToken(username, secret), plainToken(username, secret), base64(secret), secret];
}

export function plainToken(username: string, password: string): string {
  return base64(`\0${username}\0${password}`);
}

export function bearerToken(username: string, token: string): string {
  return base64(`user=${username}\x01auth=Bearer ${token}\x01\x01`);
}

export function base64(text: string): string {
  return Buffer.from(text, "utf8").toString("base64");
}

export function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
}
