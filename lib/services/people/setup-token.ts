import { hashToken, isToken } from "@/lib/crypto/tokens";
import { prisma } from "@/lib/db/client";

export const SETUP_TOKEN = "setup_token";

export function setupTokenDigest(token: string): string {
  return Buffer.from(hashToken(token)).toString("base64url");
}

/** Whether set-up is still open to this token; looking does not use it up. */
export async function isSetupToken(token: string): Promise<boolean> {
  if (!isToken(token)) {
    return false;
  }
  const rows = await prisma().$queryRaw<Array<{ open: boolean }>>`
    SELECT NOT any_institution() AS open FROM app_fact WHERE name = ${SETUP_TOKEN} AND value = ${setupTokenDigest(token)}`;
  return rows[0]?.open === true;
}
