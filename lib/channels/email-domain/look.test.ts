import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ADVICE, readChecks, remember } from "@/lib/channels/email-domain/checks";
import { type DomainState, nextCheckSec, stateAfter } from "@/lib/channels/email-domain/life";
import { type DomainToLookAt, lookAtDomain } from "@/lib/channels/email-domain/look";
import { recordsOf } from "@/lib/channels/email-domain/records";
import { openDns } from "@/lib/delivery/dns/lookup";
import { startDns, type TestDns } from "@/tests/support/dns-server";

let server: TestDns;

beforeAll(async () => {
  server = await startDns();
});
beforeEach(() => server.zones.clear());
afterAll(() => server.stop());

const wanted: DomainToLookAt = {
  domain: "mail.clinic.example",
  token: "t0ken",
  dkimSelector: "s1",
  dkimPublicKey: "A".repeat(392),
  hosts: [],
};
const look = () => lookAtDomain(openDns({ servers: [server.address], timeoutMs: 400 }), wanted);

function publishAll(): void {
  for (const { name, value } of recordsOf(wanted, [])) {
    server.zones.set(name, { ...server.zones.get(name), ...(value === null ? { mx: ["mx.clinic.example"] } : { txt: [value] }) });
  }
}

describe("a look at a domain", () => {
  test("finds everything as it was to be published", async () => {
    publishAll();
    const judged = await look();
    expect(Object.values(judged).map(({ status }) => status)).toEqual(["ok", "ok", "ok", "ok", "ok"]);
    expect(Object.values(judged).every(({ advice }) => advice === undefined)).toBe(true);
  });

  test("says that the domain does not exist, rather than that each record is missing", async () => {
    const judged = await look();
    expect(new Set([judged.ownership.advice, judged.spf.advice, judged.dkim.advice, judged.dmarc.advice])).toEqual(
      new Set(["domain_unknown"]),
    );
  });

  test("finds a name that a DNS screen made longer, and an alias that stands in the way", async () => {
    publishAll();
    const value = server.zones.get("_reachable.mail.clinic.example");
    server.zones.delete("_reachable.mail.clinic.example");
    server.zones.set("_reachable.mail.clinic.example.mail.clinic.example", value ?? {});
    server.zones.set("s1._domainkey.mail.clinic.example", { cname: "parked.example" });
    server.zones.set("parked.example", { mx: ["x.example"] });
    const judged = await look();
    expect(judged.ownership).toMatchObject({ status: "wrong", advice: "name_doubled" });
    expect(judged.dkim).toMatchObject({ status: "wrong", advice: "cname_in_the_way", params: { name: "parked.example" } });
  });

  test("takes the DMARC record of the domain above, and looks no higher than names of two labels", async () => {
    publishAll();
    server.zones.delete("_dmarc.mail.clinic.example");
    server.asked.length = 0;
    server.zones.set("_dmarc.clinic.example", { txt: ["v=DMARC1; p=reject"] });
    expect((await look()).dmarc).toMatchObject({ status: "ok", advice: "dmarc_inherited", params: { domain: "clinic.example" } });
    server.zones.delete("_dmarc.clinic.example");
    expect((await look()).dmarc).toMatchObject({ status: "missing", advice: "dmarc_missing" });
    expect(server.asked).not.toContain("TXT _dmarc.example");
  });

  test("misses a mail server, also one that says it takes nothing", async () => {
    publishAll();
    server.zones.set("mail.clinic.example", { txt: ["v=spf1 -all"] });
    expect((await look()).mx).toMatchObject({ status: "warning", advice: "mx_missing" });
    server.zones.set("mail.clinic.example", { txt: ["v=spf1 -all"], mx: ["."] });
    expect((await look()).mx).toMatchObject({ status: "warning", advice: "mx_missing" });
  });

  test("R48: silence is no answer, and ends in time", async () => {
    publishAll();
    for (const [name, zone] of server.zones) server.zones.set(name, { ...zone, silent: true });
    const started = performance.now();
    const judged = await look();
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(new Set(Object.values(judged).map(({ status, advice }) => `${status} ${advice}`))).toEqual(new Set(["unclear dns_timeout"]));
  });
});

describe("what a look changes", () => {
  const at = new Date("2026-01-10T00:00:00Z");
  const checks = (status: "ok" | "missing" | "unclear", badSince: string | null) => [
    { kind: "ownership" as const, status, found: [], badSince },
  ];

  test.each<[DomainState, "ok" | "missing" | "unclear", string | null, DomainState]>([
    ["pending", "ok", null, "verified"],
    ["pending", "missing", "2025-01-01T00:00:00Z", "pending"],
    ["verified", "missing", "2026-01-09T00:00:00Z", "verified"],
    ["verified", "missing", "2026-01-07T00:00:00Z", "failed"],
    ["verified", "unclear", "2026-01-01T00:00:00Z", "verified"],
    ["failed", "missing", "2026-01-01T00:00:00Z", "failed"],
    ["failed", "ok", null, "verified"],
  ])("%s, then %s since %s: %s", (before, status, since, after) => {
    expect(stateAfter(before, checks(status, since), at)).toBe(after);
  });

  test("since when something is missing is remembered over looks without an answer", () => {
    const judged = (status: "ok" | "missing" | "unclear") => {
      const each = { status, found: [] };
      return { ownership: each, spf: each, dkim: each, dmarc: each, mx: each };
    };
    const first = remember([], judged("missing"), "2026-01-01T00:00:00Z");
    const second = remember(first, judged("unclear"), "2026-01-02T00:00:00Z");
    const third = remember(second, judged("missing"), "2026-01-03T00:00:00Z");
    expect(third.map(({ badSince }) => badSince)).toEqual(third.map(() => "2026-01-01T00:00:00Z"));
    expect(remember(third, judged("ok"), "2026-01-04T00:00:00Z").every(({ badSince }) => badSince === null)).toBe(true);
  });

  test("the worker comes soon while somebody waits, and rarely once all is well or long forgotten", () => {
    const wait = (state: DomainState, status: "ok" | "missing" | "unclear", ageDays: number) =>
      nextCheckSec(
        state,
        checks(status, status === "missing" ? "2026-01-09T00:00:00Z" : null),
        new Date(at.getTime() - ageDays * 86_400_000),
        at,
      );
    expect([wait("pending", "missing", 0.01), wait("pending", "missing", 0.5), wait("pending", "missing", 40)]).toEqual([
      120, 600, 604_800,
    ]);
    expect([wait("verified", "ok", 9), wait("verified", "missing", 9), wait("verified", "unclear", 9)]).toEqual([86_400, 3_600, 3_600]);
  });

  test("what was kept comes back as it is, and nothing else does", () => {
    const kept = checks("missing", "2026-01-09T00:00:00Z");
    expect(readChecks(JSON.parse(JSON.stringify(kept)))).toEqual(kept);
    expect([readChecks(null), readChecks({}), readChecks([{ kind: "other" }])]).toEqual([[], [], []]);
    expect(new Set(ADVICE).size).toBe(ADVICE.length);
  });
});
