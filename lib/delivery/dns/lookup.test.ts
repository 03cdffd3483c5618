import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openDns } from "@/lib/delivery/dns/lookup";
import { startDns, type TestDns } from "@/tests/support/dns-server";

let server: TestDns;

beforeAll(async () => {
  server = await startDns();
});
beforeEach(() => server.zones.clear());
afterAll(() => server.stop());

const dns = (more: { timeoutMs?: number; signal?: AbortSignal } = {}) => openDns({ servers: [server.address], ...more });

describe("a lookup", () => {
  test("puts the strings of each record together, and gives every record", async () => {
    const long = `v=DKIM1; p=${"A".repeat(700)}`;
    server.zones.set("clinic.example", { txt: ["one", long] });
    const answer = await dns().txt("clinic.example");
    expect(answer).toMatchObject({ kind: "found", values: expect.arrayContaining(["one", long]) });
  });

  test("comes again over TCP where a datagram is too small", async () => {
    server.maxDatagram = 200;
    server.zones.set("clinic.example", { txt: ["x".repeat(3_000)] });
    expect(await dns().txt("clinic.example")).toEqual({ kind: "found", values: ["x".repeat(3_000)] });
    server.maxDatagram = 1232;
  });

  test("gives mail servers by their preference, and follows an alias for texts", async () => {
    server.zones.set("clinic.example", { mx: ["first.example", "second.example"] });
    server.zones.set("_dmarc.clinic.example", { cname: "elsewhere.example" });
    server.zones.set("elsewhere.example", { txt: ["v=DMARC1; p=reject"] });
    expect(await dns().mx("clinic.example")).toEqual({ kind: "found", values: ["first.example", "second.example"] });
    expect(await dns().cname("_dmarc.clinic.example")).toEqual({ kind: "found", values: ["elsewhere.example"] });
    expect(await dns().txt("_dmarc.clinic.example")).toEqual({ kind: "found", values: ["v=DMARC1; p=reject"] });
  });

  test("tells a name that does not exist from one without such a record", async () => {
    server.zones.set("clinic.example", { mx: ["mail.example"] });
    expect(await dns().txt("clinic.example")).toEqual({ kind: "none", nameExists: true });
    expect(await dns().txt("other.example")).toEqual({ kind: "none", nameExists: false });
    expect(await dns().txt(`${"a".repeat(70)}.example`)).toEqual({ kind: "none", nameExists: false });
  });

  test("takes no refusal of the server for an answer", async () => {
    server.zones.set("clinic.example", { broken: true });
    expect(await dns().txt("clinic.example")).toEqual({ kind: "unclear", reason: "failed" });
  });

  test("R48: ends by its own deadline where nobody answers, and when it is called off", async () => {
    server.zones.set("clinic.example", { silent: true });
    const started = performance.now();
    expect(await dns({ timeoutMs: 300 }).txt("clinic.example")).toEqual({ kind: "unclear", reason: "timeout" });
    const controller = new AbortController();
    const calledOff = dns({ signal: controller.signal }).txt("clinic.example");
    controller.abort();
    expect(await calledOff).toEqual({ kind: "unclear", reason: "timeout" });
    expect(await dns({ signal: controller.signal }).txt("clinic.example")).toEqual({ kind: "unclear", reason: "timeout" });
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
