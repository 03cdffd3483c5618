import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { newId } from "@/lib/core/ids";
import { parseKeyring } from "@/lib/crypto/keyring";
import { openText } from "@/lib/crypto/seal";
import { closePrisma } from "@/lib/db/client";
import { env } from "@/lib/env";
import { checkDomain } from "@/lib/services/domains/check";
import { createDomain } from "@/lib/services/domains/create";
import { getDomain } from "@/lib/services/domains/get";
import { recheckDueDomains } from "@/lib/services/domains/recheck";
import { listSenders } from "@/lib/services/senders/list";
import { startDns } from "@/tests/support/dns-server";
import { addSenderIn, domainEvents, publish, publishAndCheck } from "@/tests/support/domains";
import { makeInstitution, makeMember } from "@/tests/support/institution";
import { asAdmin } from "@/tests/support/outbox";

const dns = await startDns();
// before the settings are first read
process.env["DNS_SERVERS"] = dns.address;

let institutionId: string;
let ctx: Awaited<ReturnType<typeof makeMember>>;

beforeEach(async () => {
  dns.zones.clear();
  dns.asked.length = 0;
  await asAdmin("UPDATE email_domain SET next_check_at = now() + interval '1 day'");
  institutionId = await makeInstitution();
  ctx = await makeMember(institutionId, "admin");
});
afterAll(async () => {
  await dns.stop();
  await closePrisma();
});

async function asDomain(domain: string) {
  const [row] = await asAdmin<{ id: string }>("SELECT id FROM email_domain WHERE institution_id = $1 AND domain = $2", [
    institutionId,
    domain,
  ]);
  return row && getDomain(ctx, { domainId: row.id });
}

describe("the worker's look", () => {
  const makeDue = (id: string) => asAdmin("UPDATE email_domain SET next_check_at = now() WHERE id = $1", [id]);

  test("R65: finds what is due in any institution, once, and says that the system did it", async () => {
    const added = await createDomain(ctx, { domain: "clinic.example" });
    publish(dns, added);
    const looked = await Promise.all([recheckDueDomains(), recheckDueDomains(), recheckDueDomains()]);
    expect(looked.reduce((sum, count) => sum + count)).toBe(1);
    expect(await getDomain(ctx, { domainId: added.id })).toMatchObject({ state: "verified" });
    expect(await domainEvents(added.id)).toEqual([
      { action: "domain.created", actorType: "member" },
      { action: "domain.verified", actorType: "system" },
    ]);
    expect(await recheckDueDomains()).toBe(0);
  });

  test("gives a verified domain three days without its record, and takes no silence for an answer", async () => {
    const { id, records } = await publishAndCheck(dns, ctx, "clinic.example");
    const name = records[0]?.name ?? "";
    const look = async () => {
      await makeDue(id);
      await recheckDueDomains();
      return getDomain(ctx, { domainId: id });
    };
    dns.zones.set(name, { broken: true });
    expect(await look()).toMatchObject({
      state: "verified",
      records: expect.arrayContaining([expect.objectContaining({ status: "unclear" })]),
    });
    dns.zones.delete(name);
    expect(await look()).toMatchObject({
      state: "verified",
      records: expect.arrayContaining([expect.objectContaining({ status: "missing" })]),
    });
    const age = (interval: string) =>
      asAdmin(
        `UPDATE email_domain SET records = (SELECT jsonb_agg(CASE WHEN r ->> 'kind' = 'ownership'
           THEN r || jsonb_build_object('badSince', to_char(now() AT TIME ZONE 'UTC' - $2::interval, 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) ELSE r END)
           FROM jsonb_array_elements(records) r) WHERE id = $1`,
        [id, interval],
      );
    await age("71 hours");
    expect(await look()).toMatchObject({ state: "verified" });
    await age("73 hours");
    expect(await look()).toMatchObject({ state: "failed", signs: false });
    expect((await domainEvents(id)).at(-1)).toEqual({ action: "domain.lost", actorType: "system" });
    expect(await look()).toMatchObject({ state: "failed" });
    const [ownership] = records;
    dns.zones.set(name, { txt: [ownership?.value ?? ""] });
    expect(await look()).toMatchObject({ state: "verified", signs: true });
  });

  test("tells the admins once that a domain is lost, by the system's mail and in their inbox, with the senders that it concerns", async () => {
    const owner = await makeMember(institutionId, "owner");
    await makeMember(institutionId);
    const foreign = await makeInstitution();
    await makeMember(foreign, "owner");
    await publishAndCheck(dns, ctx, "clinic.example");
    const above = await publishAndCheck(dns, ctx, "mail.clinic.example");
    await addSenderIn(institutionId, { name: "Front desk", fromAddress: "desk@clinic.example" });
    const loseIt = async (id: string) => {
      await asAdmin(
        `UPDATE email_domain SET next_check_at = now(), records = (SELECT jsonb_agg(CASE WHEN r ->> 'kind' = 'ownership'
           THEN r || '{"badSince":"2020-01-01T00:00:00Z","status":"missing"}' ELSE r END) FROM jsonb_array_elements(records) r) WHERE id = $1`,
        [id],
      );
      await Promise.all([recheckDueDomains(), recheckDueDomains()]);
    };
    const told = () =>
      asAdmin<{ kind: string; subscriber_id: string; payload: string; id: string }>(
        "SELECT id, kind, subscriber_id, payload FROM message WHERE institution_id = $1 AND kind = 'domain_alert' ORDER BY subscriber_id",
        [institutionId],
      );
    const { id, records } = (await asDomain("clinic.example")) ?? { id: "", records: [] };
    dns.zones.delete(records[0]?.name ?? "");
    await loseIt(id);
    await loseIt(id);
    const mails = await told();
    expect(new Set(mails.map((mail) => mail.subscriber_id))).toEqual(new Set([ctx.actor.subscriberId, owner.actor.subscriberId]));
    expect(mails).toHaveLength(2);
    const place = { table: "message", institutionId, rowId: mails[0]?.id ?? "", field: "payload", version: 1 };
    const payload = JSON.parse(openText(parseKeyring(env().secretsKeys, "SECRETS_KEYS"), mails[0]?.payload ?? "", place));
    expect(payload).toMatchObject({ domain: "clinic.example", senders: ["Front desk"], link: `${env().appOrigin}/domains/${id}` });
    const lines = await asAdmin("SELECT data FROM inbox_item WHERE kind = 'domain_lost' AND institution_id = ANY($1)", [
      [institutionId, foreign],
    ]);
    expect(lines).toEqual([{ data: { label: "clinic.example", domainId: id } }, { data: { label: "clinic.example", domainId: id } }]);
    const { items } = await listSenders(ctx, {});
    expect(items).toMatchObject([{ name: "Front desk", fromStanding: "unproven" }]);
    expect(await getDomain(ctx, { domainId: above.id })).toMatchObject({ state: "verified" });
    // found again and lost again is another loss
    dns.zones.set(records[0]?.name ?? "", { txt: [records[0]?.value ?? ""] });
    await asAdmin("UPDATE email_domain SET next_check_at = now() WHERE id = $1", [id]);
    await recheckDueDomains();
    expect((await listSenders(ctx, {})).items).toMatchObject([{ fromStanding: "verified_domain" }]);
    dns.zones.delete(records[0]?.name ?? "");
    await loseIt(id);
    expect(await told()).toHaveLength(4);
  });

  test("ends with the worker, and what it left is due again", async () => {
    const added = await createDomain(ctx, { domain: "clinic.example" });
    for (const { name } of added.records) dns.zones.set(name, { silent: true });
    const end = new AbortController();
    const looking = recheckDueDomains(end.signal);
    await expect.poll(() => dns.asked.includes("TXT _dmarc.clinic.example")).toBe(true);
    end.abort();
    expect(await looking).toBe(0);
    const [row] = await asAdmin<{ soon: boolean; checkedAt: Date | null }>(
      `SELECT next_check_at < now() + interval '6 minutes' AS soon, checked_at AS "checkedAt" FROM email_domain WHERE id = $1`,
      [added.id],
    );
    expect(row).toEqual({ soon: true, checkedAt: null });
  });
});

describe("a look on demand", () => {
  test("R34: is counted for the institution", async () => {
    const { id } = await publishAndCheck(dns, ctx, "clinic.example");
    await asAdmin("UPDATE rate_bucket SET hits = 60 WHERE key = $1", [`domain_check:${institutionId}`]);
    await expect(checkDomain(ctx, { domainId: id })).rejects.toMatchObject({ code: "rate_limited", reason: "domainChecks" });
    await expect(checkDomain(ctx, { domainId: newId() })).rejects.toMatchObject({ code: "not_found" });
  });

  test("keeps what was known of a record while its servers are silent", async () => {
    const { id } = await publishAndCheck(dns, ctx, "clinic.example");
    dns.zones.set("clinic.example", { broken: true });
    const checked = await checkDomain(ctx, { domainId: id });
    expect(checked.records[1]).toMatchObject({ status: "unclear", advice: "dns_failed", found: ["v=spf1 mx ~all"] });
    expect(checked).toMatchObject({ state: "verified", signs: true });
  });
});
