import pg from "pg";
import { beforeEach, describe, expect, test } from "vitest";
import type { Context, SignedInMember } from "@/lib/auth/actor";
import { inInstitution } from "@/lib/db/unit-of-work";
import { abandonChange } from "@/lib/services/contact-points/abandon-change";
import { changeAddress } from "@/lib/services/contact-points/change-address";
import { createContactPoint } from "@/lib/services/contact-points/create";
import { deleteContactPoint } from "@/lib/services/contact-points/delete";
import { getContactPoint } from "@/lib/services/contact-points/get";
import { restoreContactPoint } from "@/lib/services/contact-points/restore";
import { confirmLink } from "@/lib/services/verifications/confirm-link";
import { readLink } from "@/lib/services/verifications/link";
import { repudiateLink } from "@/lib/services/verifications/repudiate-link";
import { startVerification } from "@/lib/services/verifications/start";
import { getVerificationStatus } from "@/lib/services/verifications/status";
import { submitCode } from "@/lib/services/verifications/submit-code";
import { submitPublicCode } from "@/lib/services/verifications/submit-public";
import { testDatabase } from "@/tests/support/database";
import { makeInstitution, makeMember, makeSubscriber, stranger, waitingVerification } from "@/tests/support/institution";
import { addEmail, age, allow, codeOf, tokenOf, wrongCode } from "@/tests/support/verifying";

type Member = Context & { actor: SignedInMember };

let member: Member;
let institutionId: string;

beforeEach(async () => {
  institutionId = await makeInstitution();
  member = await makeMember(institutionId);
});

describe("codes", () => {
  test("R18: a new contact point is unverified and on, and the code makes it verified", async () => {
    const id = await addEmail(member);
    expect(await getContactPoint(member, { contactPointId: id })).toMatchObject({ verified: false, enabled: true, deliverable: false });
    const { code } = await waitingVerification(institutionId, id);
    await submitCode(member, { contactPointId: id, code });
    expect(await getContactPoint(member, { contactPointId: id })).toMatchObject({ verified: true, deliverable: true });
  });

  test("R5: of 200 wrong codes at once exactly 5 are looked at, and then the right one is dead too", async () => {
    const id = await addEmail(member);
    const { code } = await waitingVerification(institutionId, id);
    const { countAttempt } = await import("@/lib/services/verifications/attempt");
    const counted = await Promise.all(Array.from({ length: 200 }, () => countAttempt(institutionId, { contactPointId: id })));
    expect(counted.filter(Boolean)).toHaveLength(5);
    expect(await codeOf(submitCode(member, { contactPointId: id, code }))).toBe("verification_failed");
    expect(await getContactPoint(member, { contactPointId: id })).toMatchObject({ verified: false });
  });

  test("R7: 200 right codes at once succeed once", async () => {
    const id = await addEmail(member);
    const { code } = await waitingVerification(institutionId, id);
    // a person may not submit 200 times an hour (R31), so many people's worth of calls race past that limit
    const { countAttempt, codeMatches } = await import("@/lib/services/verifications/attempt");
    const { completeVerification } = await import("@/lib/services/verifications/complete");
    const results = await Promise.all(
      Array.from({ length: 200 }, async () => {
        const attempt = await countAttempt(institutionId, { contactPointId: id });
        if (!attempt || !codeMatches(attempt, code)) return "refused";
        return codeOf(completeVerification(member, attempt, "code"));
      }),
    );
    expect(results.filter((result) => result === "ok")).toHaveLength(1);
    const rows = await inInstitution(institutionId, (tx) =>
      tx.auditEvent.count({ where: { institutionId, action: "contact_point.verified", objectId: id } }),
    );
    expect(rows).toBe(1);
  });

  test("R2: a text's code works for 600 seconds and is dead at 601, by the database's clock", async () => {
    const make = async (n: string) => {
      const point = await createContactPoint(member, { type: "sms", label: "Phone", config: { phone_number: n }, verify: true });
      return { id: point.id, code: (await waitingVerification(institutionId, point.id)).code };
    };
    const early = await make("+819012345678");
    // ten seconds for a busy machine to get there
    await age(early.id, 590);
    await submitCode(member, { contactPointId: early.id, code: early.code });
    expect(await getContactPoint(member, { contactPointId: early.id })).toMatchObject({ verified: true });
    const late = await make("+819012345679");
    await age(late.id, 601);
    expect(await codeOf(submitCode(member, { contactPointId: late.id, code: late.code }))).toBe("verification_failed");
  });

  test("R6: the hundredth failure in a row locks the contact point until it is added again", async () => {
    const id = await addEmail(member);
    const client = new pg.Client({ connectionString: testDatabase().adminUrl });
    await client.connect();
    await client.query("UPDATE contact_point SET failed_attempts = 99 WHERE id = $1", [id]);
    await client.end();
    const { code } = await waitingVerification(institutionId, id);
    expect(await codeOf(submitCode(member, { contactPointId: id, code: wrongCode(code) }))).toBe("verification_failed");
    expect(await codeOf(submitCode(member, { contactPointId: id, code }))).toBe("verification_failed");
    expect(await getContactPoint(member, { contactPointId: id })).toMatchObject({ locked: true, verified: false });
    expect(await codeOf(startVerification(member, { contactPointId: id }))).toBe("precondition_failed");
  });

  test("R6: 20 wrong codes a day are the most, over however many challenges", async () => {
    const id = await addEmail(member);
    const { countAttempt } = await import("@/lib/services/verifications/attempt");
    let looked = 0;
    for (let challenge = 0; challenge < 5; challenge += 1) {
      for (let n = 0; n < 5; n += 1) {
        looked += (await countAttempt(institutionId, { contactPointId: id })) ? 1 : 0;
      }
      await allow(id);
      if (challenge < 4) await startVerification(member, { contactPointId: id });
    }
    expect(looked).toBe(20);
  });

  test("R16: wrong, used up, consumed, locked, foreign and unknown challenges answer alike", async () => {
    const other = await makeMember(await makeInstitution());
    const wrong = await addEmail(member);
    const consumed = await addEmail(member);
    await submitCode(member, { contactPointId: consumed, code: (await waitingVerification(institutionId, consumed)).code });
    const { code } = await waitingVerification(institutionId, wrong);
    const answers = [
      await submitCode(member, { contactPointId: wrong, code: wrongCode(code) }).catch((error) => error),
      await submitCode(member, { contactPointId: consumed, code: "123456" }).catch((error) => error),
      await confirmLink(stranger(), { token: "A".repeat(43) }).catch((error) => error),
    ];
    for (const answer of answers) {
      expect(answer).toMatchObject({ code: "verification_failed", params: undefined, fields: undefined, reason: undefined });
    }
    expect(await codeOf(submitCode(other, { contactPointId: wrong, code }))).toBe("not_found");
    expect((await getVerificationStatus(member, { contactPointId: wrong })).attemptsLeft).toBe(4);
  });
});

describe("links", () => {
  test("R12: looking at a link changes nothing; its button verifies, without a session", async () => {
    const id = await addEmail(member);
    const { link } = await waitingVerification(institutionId, id);
    const token = tokenOf(link);
    for (let n = 0; n < 20; n += 1) {
      expect(await readLink(token)).toMatchObject({
        institutionName: "Lakeside Clinic",
        maskedAddress: expect.stringMatching(/^p\*\*\*@/),
      });
    }
    expect(await getContactPoint(member, { contactPointId: id })).toMatchObject({ verified: false });
    await confirmLink(stranger(), { token });
    expect(await getContactPoint(member, { contactPointId: id })).toMatchObject({ verified: true });
    expect(await codeOf(confirmLink(stranger(), { token }))).toBe("verification_failed");
  });

  test("R4: the link and the typed code share one counter, either way in", async () => {
    const id = await addEmail(member);
    const { code, link } = await waitingVerification(institutionId, id);
    for (let n = 0; n < 5; n += 1) {
      await codeOf(submitCode(member, { contactPointId: id, code: wrongCode(code) }));
    }
    expect(await readLink(tokenOf(link))).toBeNull();
    expect(await codeOf(confirmLink(stranger(), { token: tokenOf(link) }))).toBe("verification_failed");
  });

  test("R3: a link holds 256 bits and R14: its origin is the configured one", async () => {
    const { link } = await waitingVerification(institutionId, await addEmail(member));
    expect(link).toMatch(/^http:\/\/localhost:3000\/verify\/[\w-]{43}$/);
    expect(Buffer.from(tokenOf(link), "base64url")).toHaveLength(32);
  });

  test("R15: this was not me removes the address and holds back what the institution sends there", async () => {
    const id = await addEmail(member);
    const { address } = await getContactPoint(member, { contactPointId: id });
    await repudiateLink(stranger(), { token: tokenOf((await waitingVerification(institutionId, id)).link) });
    expect(await codeOf(getContactPoint(member, { contactPointId: id }))).toBe("not_found");
    const again = await createContactPoint(member, { type: "email", label: "Again", config: { email: address }, verify: true });
    const message = await inInstitution(institutionId, (tx) =>
      tx.message.findFirstOrThrow({ where: { institutionId, contactPointId: again.id }, select: { state: true } }),
    );
    expect(message.state).toBe("suppressed");
  });
});

describe("a change of address", () => {
  async function verified(): Promise<string> {
    const id = await addEmail(member);
    await submitCode(member, { contactPointId: id, code: (await waitingVerification(institutionId, id)).code });
    return id;
  }

  test("R10: the old address stays live until the new one is proven, then it takes over in one step", async () => {
    const id = await verified();
    const before = await getContactPoint(member, { contactPointId: id });
    await changeAddress(member, { contactPointId: id, config: { email: "new@example.com" } });
    expect(await getContactPoint(member, { contactPointId: id })).toMatchObject({
      address: before.address,
      verified: true,
      deliverable: true,
      pendingAddress: "new@example.com",
    });
    await submitCode(member, { contactPointId: id, code: (await waitingVerification(institutionId, id)).code });
    expect(await getContactPoint(member, { contactPointId: id })).toMatchObject({
      address: "new@example.com",
      verified: true,
      pendingAddress: null,
    });
  });

  test("R10: a token issued for one pending address never proves the next one, also 50 times in a race", async () => {
    const id = await verified();
    await changeAddress(member, { contactPointId: id, config: { email: "first@example.com" } });
    const first = await waitingVerification(institutionId, id);
    const race = [
      codeOf(changeAddress(member, { contactPointId: id, config: { email: "second@example.com" } })),
      ...Array.from({ length: 50 }, () => codeOf(confirmLink(stranger(), { token: tokenOf(first.link) }))),
    ];
    await Promise.all(race);
    const after = await getContactPoint(member, { contactPointId: id });
    expect(after.address).not.toBe("second@example.com");
    expect(await codeOf(confirmLink(stranger(), { token: tokenOf(first.link) }))).toBe("verification_failed");
  });

  test("abandoning a change loses nothing", async () => {
    const id = await verified();
    const before = await getContactPoint(member, { contactPointId: id });
    await changeAddress(member, { contactPointId: id, config: { email: "never@example.com" } });
    const { link } = await waitingVerification(institutionId, id);
    await abandonChange(member, { contactPointId: id });
    expect(await getContactPoint(member, { contactPointId: id })).toMatchObject({
      address: before.address,
      verified: true,
      verifiedAt: before.verifiedAt,
      pendingAddress: null,
    });
    expect(await codeOf(confirmLink(stranger(), { token: tokenOf(link) }))).toBe("verification_failed");
  });

  test("R17: the same address may stand under two people, and not twice under one", async () => {
    const colleague = await makeMember(institutionId);
    const config = { email: "shared@example.com" };
    await createContactPoint(member, { type: "email", label: "Shared", config });
    await createContactPoint(colleague, { type: "email", label: "Shared", config });
    expect(await codeOf(createContactPoint(member, { type: "email", label: "Twice", config }))).toBe("conflict");
  });
});

test("deleting can be undone for a while, and the proof comes back with the row", async () => {
  const id = await addEmail(member);
  await submitCode(member, { contactPointId: id, code: (await waitingVerification(institutionId, id)).code });
  await deleteContactPoint(member, { contactPointId: id });
  expect(await codeOf(getContactPoint(member, { contactPointId: id }))).toBe("not_found");
  expect(await restoreContactPoint(member, { contactPointId: id })).toMatchObject({ verified: true, deliverable: true });
});

test("R31: someone without an account proves their number with the code, and learns nothing from a wrong one", async () => {
  const admin = await makeMember(institutionId, "admin");
  const subscriberId = await makeSubscriber(institutionId);
  const point = await createContactPoint(admin, {
    type: "sms",
    label: "Phone",
    config: { phone_number: "+819087654321" },
    subscriberId,
    verify: true,
  });
  const { code } = await waitingVerification(institutionId, point.id);
  expect(await codeOf(submitPublicCode(stranger("203.0.113.7"), { number: "+819011112222", code }))).toBe("verification_failed");
  expect(await codeOf(submitPublicCode(stranger("203.0.113.7"), { number: "+819087654321", code: wrongCode(code) }))).toBe(
    "verification_failed",
  );
  expect(await codeOf(submitCode(admin, { contactPointId: point.id, code }))).toBe("not_found");
  await submitPublicCode(stranger("203.0.113.7"), { number: "090 8765 4321", country: "JP", code });
  expect(await getContactPoint(admin, { contactPointId: point.id })).toMatchObject({ verified: true });
});
