import { randomUUID } from "node:crypto";
import type pg from "pg";
import type { Context } from "@/lib/auth/actor";
import { newRequestId } from "@/lib/core/ids";
import { newCode } from "@/lib/crypto/codes";
import { inInstitution } from "@/lib/db/unit-of-work";
import { issueVerification } from "@/lib/services/verifications/issue";
import { submitPublicCode } from "@/lib/services/verifications/submit-public";
import { median } from "./load.ts";
import { record } from "./table.ts";

/** R1: every digit at every place as often as any other. */
export function benchCodes(count: number): void {
  const counts = Array.from({ length: 6 }, () => new Array<number>(10).fill(0));
  for (let made = 0; made < count; made += 1) {
    for (const [place, digit] of [...newCode()].entries()) {
      const row = counts[place];
      if (row) row[Number(digit)] = (row[Number(digit)] ?? 0) + 1;
    }
  }
  const expected = count / 10;
  const chiSquares = counts.map((row) => row.reduce((sum, seen) => sum + (seen - expected) ** 2 / expected, 0));
  const all = counts.flat();
  record({
    what: `R1, digits of ${count.toLocaleString("en")} codes at 6 places`,
    measured: `${Math.min(...all)} to ${Math.max(...all)} of each`,
    beside: `${expected} expected; largest χ² ${Math.max(...chiSquares).toFixed(1)}`,
    aim: "χ² ≤ 27.9 (p 0.001)",
  });
}

const FATES = {
  wrong: "SELECT 1",
  expired: "UPDATE verification SET expires_at = now() - interval '1 second' WHERE contact_point_id = ANY($1)",
  consumed: "UPDATE verification SET consumed_at = now() WHERE contact_point_id = ANY($1)",
  locked: "UPDATE contact_point SET locked_at = now() WHERE id = ANY($1)",
  unknown: "DELETE FROM contact_point WHERE id = ANY($1)",
} as const;

/** R16: how long the public page's verb takes to refuse, whatever the reason; one call after the other, kinds in turns. */
export async function benchRefusals(db: pg.Client, institutionId: string, calls: number): Promise<void> {
  const numbers = new Map<string, string[]>();
  let line = 0;
  for (const [fate, sql] of Object.entries(FATES)) {
    const made: { id: string; number: string }[] = [];
    for (let call = 0; call < calls; call += 1) {
      line += 1;
      made.push({ id: randomUUID(), number: `+8190${String(10_000_000 + line)}` });
    }
    for (const { id, number } of made) await sendCode(db, institutionId, id, number);
    const ids = made.map(({ id }) => id);
    await (sql.includes("$1") ? db.query(sql, [ids]) : db.query(sql));
    // what expires goes from the look-up at the same moment, and what was deleted has none
    if (fate === "expired") {
      await db.query(
        "UPDATE token_index SET expires_at = now() - interval '1 second' WHERE ref_id IN (SELECT id FROM verification WHERE contact_point_id = ANY($1))",
        [ids],
      );
    }
    if (fate === "unknown") await db.query("DELETE FROM token_index t WHERE NOT EXISTS (SELECT FROM verification v WHERE v.id = t.ref_id)");
    numbers.set(
      fate,
      made.map(({ number }) => number),
    );
  }
  await db.query("VACUUM (ANALYZE) verification, token_index, contact_point");
  const times = new Map<string, number[]>(Object.keys(FATES).map((fate) => [fate, []]));
  for (let call = 0; call < calls; call += 1) {
    for (const [fate, list] of numbers) times.get(fate)?.push(await refused(list[call] ?? ""));
  }
  const wrong = median(times.get("wrong") ?? []);
  for (const [fate, found] of times) {
    const sorted = [...found].sort((a, b) => a - b);
    const [low, high] = [0.05, 0.95].map((share) => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(2));
    record({
      what: `R16, ${calls} refusals: ${fate}`,
      measured: `${median(found).toFixed(2)} ms (5–95 %: ${low}–${high})`,
      beside: fate === "wrong" ? "" : `${wrong.toFixed(2)} ms, wrong`,
      ratio: fate === "wrong" ? undefined : median(found) / wrong,
    });
  }
}

async function sendCode(db: pg.Client, institutionId: string, id: string, number: string): Promise<void> {
  const subscriberId = randomUUID();
  await db.query("INSERT INTO subscriber (institution_id, id, external_id) VALUES ($1, $2, $3)", [
    institutionId,
    subscriberId,
    `phone-${subscriberId}`,
  ]);
  await db.query(
    "INSERT INTO contact_point (institution_id, id, subscriber_id, type, label, config, address) VALUES ($1, $2, $3, 'sms', 'Phone', $4, $5)",
    [institutionId, id, subscriberId, { number }, number],
  );
  await inInstitution(institutionId, async (tx) => {
    const contactPoint = await tx.contactPoint.findUniqueOrThrow({ where: { institutionId_id: { institutionId, id } } });
    // suppressed: nothing of these is to leave
    await issueVerification(tx, visitor(), { contactPoint, suppressed: true });
  });
}

async function refused(number: string): Promise<number> {
  const begun = performance.now();
  try {
    await submitPublicCode(visitor(), { number, code: "000000" });
  } catch (error) {
    if ((error as { code?: string }).code === "verification_failed") return performance.now() - begun;
    throw error;
  }
  throw new Error("a guess was right, once in a million");
}

function visitor(): Context {
  return { actor: { type: "anonymous" }, request: { id: newRequestId(), ip: "192.0.2.7", userAgent: "bench", locale: "en" } };
}
