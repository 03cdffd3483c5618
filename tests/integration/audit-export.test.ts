import { describe, expect, test } from "vitest";
import { GET } from "@/app/api/v1/audit/export/route";
import type { SignedInMember } from "@/lib/auth/actor";
import { newId } from "@/lib/core/ids";
import { inInstitution } from "@/lib/db/unit-of-work";
import { listAudit } from "@/lib/services/audit/list";
import { audit } from "@/lib/services/audit/record";
import { browserRequest, routeArgs } from "../support/calls";
import { makeInstitution, makeMember } from "../support/institution";
import { fill, queriesOf } from "../support/queries";

const LINES = `
  INSERT INTO audit_event (institution_id, id, at, actor_type, actor_id, action, object_type, object_id, outcome, after)
  SELECT $1, gen_random_uuid(), now() - (n / 50) * interval '1 minute', 'member', $2, 'contact_point.updated', 'contact_point',
         gen_random_uuid()::text, 'success', jsonb_build_object('label', 'Line ' || n)
    FROM generate_series(1, $3::int) n`;

async function exported(as: { actor: SignedInMember }, query: string, method = "GET"): Promise<Response> {
  return GET(await browserRequest(`/api/v1/audit/export?${query}`, { as, method }), routeArgs());
}

async function institutionWith(lines: number) {
  const institutionId = await makeInstitution();
  const owner = await makeMember(institutionId, "owner");
  await fill("audit_event", LINES, [institutionId, owner.actor.userId, lines]);
  return { institutionId, owner };
}

describe("the export of the audit log", () => {
  test("2,500 lines come whole and in order, batch by batch, each as the list shows it", async () => {
    const { owner } = await institutionWith(2500);
    const response = await exported(owner, "format=jsonl");
    expect(response.headers.get("content-type")).toBe("application/jsonl; charset=utf-8");
    expect(response.headers.get("content-disposition")).toMatch(/^attachment; filename="audit-\d{4}-\d\d-\d\d\.jsonl"$/);
    const events = (await response.text())
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { id: string; at: string });
    // the export itself stands in it too: it was written down before the first line was read
    expect(events).toHaveLength(2501);
    expect(events[0]).toMatchObject({ action: "audit.exported", after: { format: "jsonl" } });
    expect(new Set(events.map(({ id }) => id)).size).toBe(2501);
    expect(events.map(({ at }) => at)).toEqual(
      events
        .map(({ at }) => at)
        .toSorted()
        .reverse(),
    );
    const listed = (await listAudit(owner, { limit: 100 })).items;
    expect(events.slice(0, 100)).toEqual(listed);
  });

  test("keeps to the filters of the page and says so in its own line", async () => {
    const { owner } = await institutionWith(20);
    const [one] = (await listAudit(owner, {})).items;
    const object = one?.object.id ?? "";
    const text = await (await exported(owner, `format=jsonl&object=${object}&action=contact_point.updated`)).text();
    expect(
      text
        .trimEnd()
        .split("\n")
        .map((line) => (JSON.parse(line) as { id: string }).id),
    ).toEqual([one?.id]);
    const [line] = (await listAudit(owner, { action: "audit.exported" })).items;
    expect(line?.after).toEqual({ format: "jsonl", object, action: "contact_point.updated" });
  });

  test("as CSV it has a line for each event, and no cell that a spreadsheet would run", async () => {
    const institutionId = await makeInstitution();
    const owner = await makeMember(institutionId, "owner");
    await inInstitution(institutionId, (tx) =>
      audit(
        tx,
        institutionId,
        { ...owner, request: { ...owner.request, ip: '=HYPERLINK("http://evil.example")' } },
        { action: "contact_point.created", object: { type: "contact_point", id: newId() }, after: { label: '=1+1,"quoted"' } },
      ),
    );
    const response = await exported(owner, "format=csv");
    expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const lines = new TextDecoder().decode(bytes).trimEnd().split("\r\n");
    expect(lines[0]).toBe(
      "at,actor_kind,actor_id,actor_name,key_id,key_name,action,object_type,object_id,subscriber_id,outcome,ip,client_hash,request_id,before,after",
    );
    expect(lines).toHaveLength(3);
    expect(lines[2]).toContain(`,"'=HYPERLINK(""http://evil.example"")",`);
    expect(lines[2]).toContain('"{""label"":""=1+1,\\""quoted\\""""}"');
    expect(
      lines
        .slice(1)
        .flatMap((line) => line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/))
        .filter((cell) => /^"?[=+@-]/.test(cell)),
    ).toEqual([]);
  });

  test("R59: asking for the headers alone exports nothing", async () => {
    const { owner } = await institutionWith(1);
    const response = await exported(owner, "format=csv", "HEAD");
    expect([response.status, await response.text()]).toEqual([200, ""]);
    expect((await listAudit(owner, { action: "audit.exported" })).items).toEqual([]);
  });

  test("an unknown format or filter is refused and leaves no line", async () => {
    const { owner } = await institutionWith(1);
    for (const query of ["", "format=xlsx", "format=csv&action=nothing.such", "format=csv&extra=1", "format=csv&from=2026-02-30"]) {
      expect((await exported(owner, query)).status, query).toBe(422);
    }
    expect((await listAudit(owner, { action: "audit.exported" })).items).toEqual([]);
  });

  test("reads no further than it is read: a reader who leaves costs one batch", async () => {
    const { owner } = await institutionWith(5000);
    const all = await queriesOf(async () => (await exported(owner, "format=jsonl")).text());
    const left = await queriesOf(async () => {
      const reader = (await exported(owner, "format=jsonl")).body?.getReader();
      await reader?.read();
      await reader?.cancel();
    });
    expect(left).toBeLessThan(all);
  });
});
