import { beforeEach, describe, expect, test } from "vitest";
import type { Context, SignedInMember } from "@/lib/auth/actor";
import { inInstitution } from "@/lib/db/unit-of-work";
import { createContactPoint } from "@/lib/services/contact-points/create";
import { deleteContactPoint } from "@/lib/services/contact-points/delete";
import { readLink } from "@/lib/services/verifications/link";
import { startVerification } from "@/lib/services/verifications/start";
import { getVerificationStatus } from "@/lib/services/verifications/status";
import { submitCode } from "@/lib/services/verifications/submit-code";
import { makeInstitution, makeMember, waitingVerification } from "@/tests/support/institution";
import { addEmail, allow, codeOf, tokenOf } from "@/tests/support/verifying";

type Member = Context & { actor: SignedInMember };

let member: Member;
let institutionId: string;

beforeEach(async () => {
  institutionId = await makeInstitution();
  member = await makeMember(institutionId);
});

describe("resending", () => {
  test("R11: a new message voids the code and the link before it", async () => {
    const id = await addEmail(member);
    const first = await waitingVerification(institutionId, id);
    await allow(id);
    await startVerification(member, { contactPointId: id });
    const second = await waitingVerification(institutionId, id);
    expect(second.code === first.code && second.link === first.link).toBe(false);
    expect(await readLink(tokenOf(first.link))).toBeNull();
    if (first.code !== second.code) {
      expect(await codeOf(submitCode(member, { contactPointId: id, code: first.code }))).toBe("verification_failed");
    }
    await submitCode(member, { contactPointId: id, code: second.code });
  });

  test("R22: the next message waits 60, 60, 120, 300, 600 seconds, and one of many at once leaves", async () => {
    const id = await addEmail(member);
    const waits: number[] = [];
    for (let n = 0; n < 4; n += 1) {
      const status = await getVerificationStatus(member, { contactPointId: id });
      waits.push(Math.round((Date.parse(status.resendAt ?? "") - Date.parse(status.now)) / 1000));
      await allow(id);
      await startVerification(member, { contactPointId: id });
    }
    expect(waits).toEqual([60, 60, 120, 300]);
    const next = await addEmail(member);
    await allow(next);
    const results = await Promise.all(Array.from({ length: 20 }, () => codeOf(startVerification(member, { contactPointId: next }))));
    expect(results.filter((result) => result === "ok")).toHaveLength(1);
    expect(results.filter((result) => result === "rate_limited")).toHaveLength(19);
  });

  test("R23: at most 5 messages an hour go to one contact point", async () => {
    const id = await addEmail(member);
    const results: string[] = [];
    for (let n = 0; n < 6; n += 1) {
      await allow(id);
      results.push(await codeOf(startVerification(member, { contactPointId: id })));
    }
    expect(results).toEqual(["ok", "ok", "ok", "ok", "rate_limited", "rate_limited"]);
  });

  test("R24: a destination gets 5 an hour over all institutions, and nobody is told", async () => {
    const ids: Array<{ ctx: Member; id: string; institution: string }> = [];
    for (let n = 0; n < 6; n += 1) {
      const institution = await makeInstitution();
      const ctx = await makeMember(institution);
      const point = await createContactPoint(ctx, {
        type: "email",
        label: "Target",
        config: { email: "victim@example.com" },
        verify: true,
      });
      ids.push({ ctx, id: point.id, institution });
    }
    const states = await Promise.all(
      ids.map(({ id, institution }) =>
        inInstitution(institution, (tx) =>
          tx.message.findFirstOrThrow({
            where: { institutionId: institution, contactPointId: id },
            select: { state: true, payload: true },
          }),
        ),
      ),
    );
    expect(states.map(({ state }) => state)).toEqual(["queued", "queued", "queued", "queued", "queued", "suppressed"]);
    expect(states.at(-1)?.payload).toBeNull();
    const last = ids.at(-1);
    const shown = await getVerificationStatus(last?.ctx ?? member, { contactPointId: last?.id ?? "" });
    expect(shown).toMatchObject({ state: "waiting", attemptsLeft: 5 });
    expect(shown.message?.state).toMatch(/^(queued|sent)$/);
    expect(JSON.stringify(shown)).not.toContain("suppressed");
  });

  test("R25: one person sends 20 verification messages a day", async () => {
    const results: string[] = [];
    for (let n = 0; n < 22; n += 1) {
      results.push(await codeOf(addEmailAndDelete()));
    }
    expect(results.filter((result) => result === "ok")).toHaveLength(20);
    expect(results.at(-1)).toBe("rate_limited");
  });

  async function addEmailAndDelete(): Promise<void> {
    await deleteContactPoint(member, { contactPointId: await addEmail(member) });
  }
});

test("R34: 40 additions at once keep a subscriber at 20 contact points", async () => {
  const results = await Promise.all(
    Array.from({ length: 40 }, (_, n) =>
      codeOf(createContactPoint(member, { type: "email", label: "Many", config: { email: `many${n}@example.com` } })),
    ),
  );
  expect(results.filter((result) => result === "ok")).toHaveLength(20);
  expect(results.filter((result) => result === "limit_exceeded")).toHaveLength(20);
});
