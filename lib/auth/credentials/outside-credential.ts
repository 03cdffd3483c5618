import { createHash } from "node:crypto";

/** An id made up of what it stands for says so in its version; ours are random. */
const OUTSIDE = /^[0-9a-f]{8}-[0-9a-f]{4}-8/;

/** An outside token has no row of ours: the issuer's tokens of one person in one institution count as one credential. */
export function outsideCredential(issuer: string, institutionId: string, userId: string): string {
  const hash = createHash("sha256").update(`${issuer}\n${institutionId}\n${userId}`).digest("hex");
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}

export function isOutsideCredential(id: string): boolean {
  return OUTSIDE.test(id);
}
