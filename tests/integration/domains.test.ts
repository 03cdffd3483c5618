import { createPublicKey, createSign, createVerify } from "node:crypto";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { AppError } from "@/lib/core/errors";
import { closePrisma } from "@/lib/db/client";
import { inInstitution } from "@/lib/db/unit-of-work";
import { checkDomain } from "@/lib/services/domains/check";
import { createDomain } from "@/lib/services/domains/create";
import { deleteDomain } from "@/lib/services/domains/delete";
import type { DomainDto } from "@/lib/services/domains/dto";
import { getDomain } from "@/lib/services/domains/get";
import { dkimFor, verifiedDomainOf } from "@/lib/services/domains/internal";
import { listDomains } from "@/lib/services/domains/list";
import { captureLog } from "@/tests/support/captured-log";
import { startDns } from "@/tests/support/dns-server";
import { addSenderIn, domainEvents as events, publish, publishAndCheck } from "@/tests/support/domains";
import { makeInstitution, makeMember } from "@/tests/support/institution";
import { asAdmin } from "@/tests/support/outbox";
import { walk } from "@/tests/support/queries";

const dns = await startDns();
// before the settings are first read
process.env["DNS_SERVERS"] = dns.address;

let institutionId: string;
let ctx: Awaited<ReturnType<typeof makeMember>>;

beforeEach(async () => {
  dns.zones.clear();
  institutionId = await makeInstitution();
  ctx = await makeMember(institutionId, "admin");
});
afterAll(async () => {
  await dns.stop();
  await closePrisma();
});

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => null,
    (cause: unknown) => cause,
  );
  return error instanceof AppError ? `${error.code}${error.reason ? `: ${error.reason}` : ""}` : String(error);
}

const statusOf = ({ records }: Pick<DomainDto, "records">) => Object.fromEntries(records.map(({ kind, status }) => [kind, status]));

describe("an email domain", () => {
  test("R66: is added with a token and a key of its own, proven, and deleted, each with its audit row", async () => {
    const added = await createDomain(ctx, { domain: " Clinic.Example. " });
    expect(added).toMatchObject({ domain: "clinic.example", unicode: null, state: "pending", signs: false, verifiedAt: null });
    expect(new Set(Object.values(statusOf(added)))).toEqual(new Set(["unchecked"]));
    const [ownership, spf, dkim, dmarc] = added.records;
    expect(ownership).toMatchObject({
      name: "_reachable.clinic.example",
      value: expect.stringMatching(/^reachable-domain-verification=\w{32}$/),
    });
    expect(spf).toMatchObject({ name: "clinic.example", value: "v=spf1 mx ~all" });
    expect(dkim?.name).toMatch(/^reachable-[0-9a-f]{8}\._domainkey\.clinic\.example$/);
    expect(dmarc).toMatchObject({ name: "_dmarc.clinic.example", value: "v=DMARC1; p=quarantine" });
    const key = createPublicKey({ key: Buffer.from(dkim?.value?.split("p=")[1] ?? "", "base64"), format: "der", type: "spki" });
    expect(key.asymmetricKeyDetails?.modulusLength).toBe(2048);

    publish(dns, added);
    const checked = await checkDomain(ctx, { domainId: added.id });
    expect(checked).toMatchObject({ state: "verified", signs: true });
    expect(new Set(Object.values(statusOf(checked)))).toEqual(new Set(["ok"]));
    expect(await getDomain(ctx, { domainId: added.id })).toEqual({ ...checked, senders: [] });
    await deleteDomain(ctx, { domainId: added.id });
    expect(await codeOf(getDomain(ctx, { domainId: added.id }))).toBe("not_found");
    // two of them are of one moment
    expect((await events(added.id)).map(({ action }) => action).sort()).toEqual([
      "domain.checked",
      "domain.created",
      "domain.deleted",
      "domain.verified",
    ]);
  });

  test("R50: its private key is sealed in its own place, and leaves for the mail alone", async () => {
    const domain = await publishAndCheck(dns, ctx, "clinic.example");
    const [row] = await asAdmin<{ sealed: string; whole: string }>(
      "SELECT dkim_private_key AS sealed, t::text AS whole FROM email_domain t WHERE id = $1",
      [domain.id],
    );
    expect(row?.whole).not.toContain("PRIVATE KEY");
    const seen = JSON.stringify([domain, await getDomain(ctx, { domainId: domain.id }), await listDomains(ctx, {})]);
    for (const secret of ["PRIVATE KEY", row?.sealed ?? "?", "dkimPrivateKey"]) expect(seen).not.toContain(secret);
    const mine = await inInstitution(institutionId, (tx) => dkimFor(tx, institutionId, "desk@clinic.example"));
    const [, , dkim] = domain.records;
    const published = createPublicKey({ key: Buffer.from(dkim?.value?.split("p=")[1] ?? "", "base64"), format: "der", type: "spki" });
    const signature = createSign("sha256")
      .update("a mail")
      .sign(mine?.privateKey ?? "");
    expect(createVerify("sha256").update("a mail").verify(published, signature)).toBe(true);
    // in another row it does not open, and mail goes out unsigned
    const log = captureLog();
    await asAdmin("UPDATE email_domain SET id = gen_random_uuid() WHERE id = $1", [domain.id]);
    expect(await inInstitution(institutionId, (tx) => dkimFor(tx, institutionId, "desk@clinic.example"))).toBeUndefined();
    expect(log()).toContain("a DKIM key could not be opened");
  });

  test("counts for the addresses in it and below it, once it is proven", async () => {
    const added = await createDomain(ctx, { domain: "clinic.example" });
    const covers = (address: string) =>
      inInstitution(institutionId, async (tx) => (await verifiedDomainOf(tx, institutionId, address)) !== null);
    expect(await covers("desk@clinic.example")).toBe(false);
    publish(dns, added, ["dkim"]);
    await checkDomain(ctx, { domainId: added.id });
    const addresses = [
      "desk@clinic.example",
      "desk@mail.clinic.example",
      "desk@otherclinic.example",
      "desk@example",
      "clinic.example@other.example",
    ];
    expect(await Promise.all(addresses.map(covers))).toEqual([true, true, false, false, false]);
    expect(await inInstitution(institutionId, (tx) => dkimFor(tx, institutionId, "desk@clinic.example"))).toBeUndefined();
    const below = await publishAndCheck(dns, ctx, "mail.clinic.example");
    const nearest = await inInstitution(institutionId, (tx) => verifiedDomainOf(tx, institutionId, "a@x.mail.clinic.example"));
    expect(nearest).toEqual({ id: below.id, domain: "mail.clinic.example" });
    const key = await inInstitution(institutionId, (tx) => dkimFor(tx, institutionId, "a@x.mail.clinic.example"));
    expect(key).toMatchObject({ domain: "mail.clinic.example", selector: below.records[2]?.name.split(".")[0] });
  });

  test("R63: two institutions may add the same one; each is verified by its own record alone", async () => {
    const other = await makeMember(await makeInstitution(), "owner");
    const [mine, theirs] = [await createDomain(ctx, { domain: "clinic.example" }), await createDomain(other, { domain: "clinic.example" })];
    publish(dns, mine);
    expect(await checkDomain(ctx, { domainId: mine.id })).toMatchObject({ state: "verified" });
    const unproven = await checkDomain(other, { domainId: theirs.id });
    expect(unproven).toMatchObject({
      state: "pending",
      records: expect.arrayContaining([expect.objectContaining({ advice: "ownership_other" })]),
    });
    const [value, second] = [mine.records[0]?.value ?? "", theirs.records[0]?.value ?? ""];
    dns.zones.set("_reachable.clinic.example", { txt: [value, second] });
    expect(await checkDomain(other, { domainId: theirs.id })).toMatchObject({ state: "verified" });
    expect(await checkDomain(ctx, { domainId: mine.id })).toMatchObject({ state: "verified" });
  });

  test("is one institution's once, also when five ask at a time, and no more than the limit fit", async () => {
    const asked = await Promise.all(Array.from({ length: 5 }, () => codeOf(createDomain(ctx, { domain: "clinic.example" }))));
    expect(asked.sort()).toEqual([
      "conflict: domainTaken",
      "conflict: domainTaken",
      "conflict: domainTaken",
      "conflict: domainTaken",
      "null",
    ]);
    await asAdmin(
      `INSERT INTO email_domain (institution_id, id, domain, token, dkim_selector, dkim_public_key, dkim_private_key)
       SELECT $1, gen_random_uuid(), 'd' || n || '.example', 't', 's', 'k', 'x' FROM generate_series(1, 48) n`,
      [institutionId],
    );
    const last = await Promise.all(["one.example", "two.example", "three.example"].map((domain) => codeOf(createDomain(ctx, { domain }))));
    expect(last.sort()).toEqual(["limit_exceeded: domainLimit", "limit_exceeded: domainLimit", "null"]);
  });

  test.each([
    ["", "domain_missing"],
    ["localhost", "domain_single_label"],
    ["10.0.0.1", "domain_ip_address"],
    ["[2001:db8::1]", "domain_ip_address"],
    ["https://clinic.example/", "domain_is_url"],
    ["desk@clinic.example", "domain_is_address"],
    ["dc.corp.internal", "domain_reserved"],
    ["a_b.example", "domain_invalid"],
  ])("R60: %j is refused as %s", async (domain, code) => {
    const error = await createDomain(ctx, { domain }).catch((cause: unknown) => cause);
    expect(error).toMatchObject({ code: "validation", fields: [{ path: "domain", code }] });
  });

  test("lists what there is, a page at a time, there and back", async () => {
    await asAdmin(
      `INSERT INTO email_domain (institution_id, id, domain, token, dkim_selector, dkim_public_key, dkim_private_key, created_at)
       SELECT $1, gen_random_uuid(), 'd' || n || '.example', 't', 's', 'k', 'x', now() - make_interval(secs => n / 2) FROM generate_series(1, 11) n`,
      [institutionId],
    );
    const { there, back } = await walk((cursor) => listDomains(ctx, { ...cursor, limit: 3 }));
    expect(there).toHaveLength(11);
    expect(new Set(there.map(({ id }) => id)).size).toBe(11);
    expect(back).toEqual(there);
  });
});

describe("a domain that senders use", () => {
  test("asks for what their providers need, and is kept while they depend on it", async () => {
    const domain = await publishAndCheck(dns, ctx, "clinic.example");
    dns.zones.set("clinic.example", { mx: ["mail.clinic.example"], txt: ["v=spf1 ip4:192.0.2.1 -all"] });
    await addSenderIn(institutionId, { name: "Reminders", fromAddress: "desk@clinic.example", host: "smtp.gmail.com" });
    const checked = await checkDomain(ctx, { domainId: domain.id });
    expect(checked.records[1]).toMatchObject({
      status: "warning",
      advice: "spf_sender_missing",
      params: { name: "_spf.google.com" },
      value: "v=spf1 ip4:192.0.2.1 include:_spf.google.com -all",
    });
    expect((await getDomain(ctx, { domainId: domain.id })).senders).toEqual([{ id: expect.any(String), name: "Reminders" }]);
    const refused = await deleteDomain(ctx, { domainId: domain.id }).catch((cause: unknown) => cause);
    expect(refused).toMatchObject({ code: "precondition_failed", reason: "domainInUse", params: { senders: "Reminders", count: 1 } });
    await asAdmin("DELETE FROM sender WHERE institution_id = $1", [institutionId]);
    await deleteDomain(ctx, { domainId: domain.id });
  });

  test("goes when a nearer one covers them, or when it was never proven", async () => {
    const [above, nearer] = [await publishAndCheck(dns, ctx, "clinic.example"), await publishAndCheck(dns, ctx, "mail.clinic.example")];
    await addSenderIn(institutionId, { name: "Reminders", fromAddress: "desk@mail.clinic.example" });
    await asAdmin("UPDATE sender SET email_domain_id = $2 WHERE institution_id = $1", [institutionId, above.id]);
    await deleteDomain(ctx, { domainId: above.id });
    const bound = await asAdmin("SELECT email_domain_id AS id FROM sender WHERE institution_id = $1", [institutionId]);
    expect(bound).toEqual([{ id: nearer.id }]);
    const pending = await createDomain(ctx, { domain: "other.example" });
    await addSenderIn(institutionId, { name: "Other", fromAddress: "desk@other.example" });
    await deleteDomain(ctx, { domainId: pending.id });
    expect((await listDomains(ctx, {})).items.map(({ domain }) => domain)).toEqual(["mail.clinic.example"]);
  });
});
