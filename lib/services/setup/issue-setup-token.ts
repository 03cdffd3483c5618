import { newToken } from "@/lib/crypto/tokens";
import { outsideInstitutions } from "@/lib/db/unit-of-work";
import { SETUP_TOKEN, setupTokenDigest } from "@/lib/services/people/setup-token";

/**
 * Makes the one-time token of first-run set-up; the one before stops working. Null once there is an
 * institution. Called by what starts the installation, never by a request.
 */
export async function issueSetupToken(): Promise<string | null> {
  const token = newToken();
  return outsideInstitutions(async (tx) => {
    await tx.$executeRaw`
      INSERT INTO app_fact (name, value) VALUES (${SETUP_TOKEN}, ${setupTokenDigest(token)})
      ON CONFLICT (name) DO UPDATE SET value = excluded.value, updated_at = now()`;
    // Asked after the write, which waits for a set-up under way to end.
    const [row] = await tx.$queryRaw<Array<{ done: boolean }>>`SELECT any_institution() AS done`;
    if (!row?.done) {
      return token;
    }
    await tx.appFact.deleteMany({ where: { name: SETUP_TOKEN } });
    return null;
  });
}
