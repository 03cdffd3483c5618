import { beforeAll, describe, expect, test } from "vitest";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { createContactPoint } from "@/lib/services/contact-points/create";
import { listContactPoints } from "@/lib/services/contact-points/list";
import { listInbox } from "@/lib/services/inbox/list";
import { hit } from "@/lib/services/limits/hit";
import { inviteMember } from "@/lib/services/members/invite-member";
import { signIn } from "@/lib/services/session/sign-in";
import { startVerification } from "@/lib/services/verifications/start";
import { submitCode } from "@/lib/services/verifications/submit-code";
import { stranger } from "@/tests/support/institution";
import { asAdmin } from "@/tests/support/outbox";
import { furnish, type Institution } from "@/tests/support/two-institutions";

let given: Institution;

beforeAll(async () => {
  given = await furnish();
});

describe("a limiter", () => {
  test.each([1, 5, 30])("R35: of 200 calls at once it admits exactly as many as the limit says: %i", async (max) => {
    const key = `test:${newId()}`;
    const calls = await Promise.all(Array.from({ length: 200 }, () => hit(key, { max, windowSec: 3600 })));
    expect(calls.filter(({ allowed }) => allowed)).toHaveLength(max);
  });

  test("R35: without its table nothing is sent, tried or signed in, and what is there can be read", async () => {
    const { owner } = given.people;
    const { unprovenId, changingId, code } = given.ids;
    const before = await outbox();
    await asAdmin("ALTER TABLE rate_bucket RENAME TO elsewhere");
    try {
      const config = { email: "elsewhere@example.org" };
      const attempts: Array<[string, () => Promise<unknown>]> = [
        ["send", () => startVerification(owner, { contactPointId: unprovenId })],
        ["add", () => createContactPoint(owner, { type: "email", label: "New", config, verify: true })],
        ["invite", () => inviteMember(owner, { email: "elsewhere@example.org", role: "member" })],
        ["code", () => submitCode(owner, { contactPointId: changingId, code })],
        ["sign in", () => signIn(stranger("192.0.2.1"), { email: owner.actor.email, password: "words that are long enough" })],
      ];
      for (const [name, attempt] of attempts) {
        const error = await attempt().catch((cause: unknown) => cause);
        expect(error, name).toBeInstanceOf(Error);
        expect(error, name).not.toBeInstanceOf(AppError);
      }
      expect((await listContactPoints(owner, {})).items).not.toEqual([]);
      expect((await listInbox(owner, {})).items).not.toEqual([]);
    } finally {
      await asAdmin("ALTER TABLE elsewhere RENAME TO rate_bucket");
    }
    expect(await outbox()).toEqual(before);
  });
});

function outbox() {
  return asAdmin(
    "SELECT (SELECT count(*) FROM message) AS messages, (SELECT count(*) FROM verification WHERE consumed_at IS NOT NULL) AS proofs, (SELECT count(*) FROM contact_point) AS points",
  );
}
