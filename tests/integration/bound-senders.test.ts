import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { closePrisma } from "@/lib/db/client";
import { checkDomain } from "@/lib/services/domains/check";
import { createDomain } from "@/lib/services/domains/create";
import { createBoundSender } from "@/lib/services/senders/create-bound";
import { deleteSender } from "@/lib/services/senders/delete";
import { getBoundSender } from "@/lib/services/senders/get-bound";
import { startSenderVerification } from "@/lib/services/senders/start-verification";
import { submitSenderCode } from "@/lib/services/senders/submit-code";
import { updateSender } from "@/lib/services/senders/update";
import { updateBoundSender } from "@/lib/services/senders/update-bound";
import { startDns } from "@/tests/support/dns-server";
import { publish, publishAndCheck } from "@/tests/support/domains";
import { makeInstitution, makeMember } from "@/tests/support/institution";
import { asAdmin } from "@/tests/support/outbox";
import { addSmtp, markProven, PASSWORD, refusal, smtpConfig, waitingCode } from "@/tests/support/senders";

const dns = await startDns();
// before the settings are first read
process.env["DNS_SERVERS"] = dns.address;

let institutionId: string;
let admin: Awaited<ReturnType<typeof makeMember>>;
let first: Awaited<ReturnType<typeof addSmtp>>;

beforeEach(async () => {
  dns.zones.clear();
  institutionId = await makeInstitution();
  admin = await makeMember(institutionId, "admin");
  first = await addSmtp(admin);
});
afterAll(async () => {
  await dns.stop();
  await closePrisma();
});

const bind = (emailDomainId: string, fromAddress = "desk@clinic.example") =>
  createBoundSender(admin, { type: "email", name: "Bound", integrationId: first.integration.id, fromAddress, emailDomainId });
const standing = async (senderId: string) => (await getBoundSender(admin, { senderId })).standing;
const events = async (id: string) =>
  (await asAdmin<{ action: string }>("SELECT action FROM audit_event WHERE object_id = $1 ORDER BY at, id", [id])).map(
    ({ action }) => action,
  );

async function prove(senderId: string): Promise<void> {
  await startSenderVerification(admin, { senderId });
  await submitSenderCode(admin, { senderId, code: (await waitingCode(senderId)).code });
}

describe("a bound sender", () => {
  test("waits for its domain, and sends from the moment that the domain is verified", async () => {
    await markProven(first.id);
    const domain = await createDomain(admin, { domain: "clinic.example" });
    const { id } = await bind(domain.id);
    expect(await standing(id)).toBe("pending");
    publish(dns, domain);
    await checkDomain(admin, { domainId: domain.id });
    expect(await standing(id)).toBe("available");
    expect(await events(id)).toEqual(["sender.created", "sender.verified"]);
  });

  test("waits for its account, and sends from the moment that another sender has proven it", async () => {
    const domain = await publishAndCheck(dns, admin, "clinic.example");
    const { id } = await bind(domain.id);
    expect(await standing(id)).toBe("pending");
    await prove(first.id);
    expect(await standing(id)).toBe("available");
  });

  test("after a change of the account it waits again, and goes on sending as it was proven", async () => {
    await prove(first.id);
    const { id } = await bind((await publishAndCheck(dns, admin, "clinic.example")).id);
    await updateSender(admin, { senderId: first.id, config: smtpConfig({ host: "smtp.other.example", password: PASSWORD }) });
    expect(await standing(id)).toBe("pending");
    const [row] = await asAdmin("SELECT proven_config #>> '{config,host}' AS host FROM sender WHERE id = $1", [id]);
    expect(row).toEqual({ host: "smtp.example.com" });
    await prove(first.id);
    expect(await standing(id)).toBe("available");
  });

  test("one that a crash left waiting is found when its domain is looked at again", async () => {
    await markProven(first.id);
    const domain = await publishAndCheck(dns, admin, "clinic.example");
    const { id } = await bind(domain.id);
    await asAdmin("UPDATE sender SET state = 'pending', proven_revision = NULL WHERE id = $1", [id]);
    await checkDomain(admin, { domainId: domain.id });
    expect(await standing(id)).toBe("available");
  });

  test("vouches for no other account, and a sender of the console's is not vouched for", async () => {
    await markProven(first.id);
    const other = await addSmtp(admin, { name: "Other", fromAddress: "other@clinic.example" });
    const domain = await publishAndCheck(dns, admin, "clinic.example");
    const bound = await createBoundSender(admin, {
      type: "email",
      name: "On the other",
      integrationId: other.integration.id,
      fromAddress: "third@clinic.example",
      emailDomainId: domain.id,
    });
    expect([await standing(bound.id), await standing(other.id)]).toEqual(["pending", "pending"]);
  });

  test("one that was switched off stays off, whatever is verified", async () => {
    await markProven(first.id);
    const domain = await createDomain(admin, { domain: "clinic.example" });
    const { id } = await bind(domain.id);
    await asAdmin("UPDATE sender SET state = 'inactive' WHERE id = $1", [id]);
    publish(dns, domain);
    await checkDomain(admin, { domainId: domain.id });
    expect(await standing(id)).toBe("disabled");
  });

  test("whose secrets do not open is not made active, and the audit trail says why", async () => {
    await markProven(first.id);
    await asAdmin("UPDATE integration SET secrets = 'v1.k1.broken.x.y.z' WHERE id = $1", [first.integration.id]);
    const { id } = await bind((await publishAndCheck(dns, admin, "clinic.example")).id);
    expect(await standing(id)).toBe("pending");
    expect(await events(id)).toContain("crypt_decrypt_fail");
  });

  test("that are deleted while they are vouched for disturb nobody's proof", async () => {
    const domain = await publishAndCheck(dns, admin, "clinic.example");
    const made = await Promise.all(Array.from({ length: 6 }, (_, at) => bind(domain.id, `desk${at}@clinic.example`)));
    await startSenderVerification(admin, { senderId: first.id });
    const { code } = await waitingCode(first.id);
    const [proven] = await Promise.all([
      submitSenderCode(admin, { senderId: first.id, code }),
      ...made.map(({ id }) => deleteSender(admin, { senderId: id })),
    ]);
    expect(proven.state).toBe("active");
  });

  test("many at once, and the account's own proof beside them, lose nobody", async () => {
    const domain = await publishAndCheck(dns, admin, "clinic.example");
    await startSenderVerification(admin, { senderId: first.id });
    const { code } = await waitingCode(first.id);
    const [, ...made] = await Promise.all([
      submitSenderCode(admin, { senderId: first.id, code }),
      ...Array.from({ length: 8 }, (_, at) => bind(domain.id, `desk${at}@clinic.example`)),
    ]);
    expect(new Set(await Promise.all(made.map(({ id }) => standing(id))))).toEqual(new Set(["available"]));
  });

  test("changes nothing where it is refused", async () => {
    await markProven(first.id);
    const { id } = await bind((await publishAndCheck(dns, admin, "clinic.example")).id);
    const before = await getBoundSender(admin, { senderId: id });
    const change = { senderId: id, name: "Other", isDefault: true, metadata: { a: 1 }, fromAddress: "desk@elsewhere.example" };
    expect(await refusal(updateBoundSender(admin, change))).toMatchObject({ fields: ["fromAddress: address_outside_domain"] });
    expect(await getBoundSender(admin, { senderId: id })).toEqual(before);
  });
});
