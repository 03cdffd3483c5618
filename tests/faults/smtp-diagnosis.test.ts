import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DiagnosisEvent } from "@/lib/channels/diagnosis";
import type { CheckOptions } from "@/lib/channels/providers/define";
import { diagnoseSmtp } from "@/lib/delivery/smtp-diagnosis/diagnose";
import { type ScriptedSmtp, SILENCE, startScriptedSmtp } from "@/tests/support/scripted-smtp";
import { CONNECTION_FAULTS } from "@/tests/support/smtp/connection-faults";
import { ENVELOPE_FAULTS } from "@/tests/support/smtp/envelope-faults";
import { complaints, configOf, type Fault, type Ground, layGround, meet, meetAll, optionsOf } from "@/tests/support/smtp/fault";
import { SIGN_IN_FAULTS } from "@/tests/support/smtp/sign-in-faults";
import { TLS_FAULTS } from "@/tests/support/smtp/tls-faults";

const TIMES = 3;

const AT_ONCE = 40;
const ALL = [...CONNECTION_FAULTS, ...TLS_FAULTS, ...SIGN_IN_FAULTS, ...ENVELOPE_FAULTS];

let ground: Ground;
const found = new Map<Fault, string[][]>();

beforeAll(async () => {
  ground = await layGround();
  // Many at once: each mostly waits, and none may be misled by the others.
  await meetAll(
    ALL,
    TIMES,
    AT_ONCE,
    (fault, finding) => found.set(fault, [...(found.get(fault) ?? []), complaints(fault, finding)]),
    ground,
  );
}, 60_000);
afterAll(() => ground.stop());

const clean = Array.from({ length: TIMES }, () => []);

describe("what keeps a mail server from being reached", () => {
  test.each(CONNECTION_FAULTS.map((fault) => [fault.name, fault] as const))("R47, R48: %s", (_, fault) => {
    expect(found.get(fault)).toEqual(clean);
  });
});

describe("what is wrong with TLS", () => {
  test.each(TLS_FAULTS.map((fault) => [fault.name, fault] as const))("R43, R47: %s: zero bytes of AUTH in clear", (_, fault) => {
    expect(found.get(fault)).toEqual(clean);
  });
});

describe("what is wrong with signing in", () => {
  test.each(SIGN_IN_FAULTS.map((fault) => [fault.name, fault] as const))("R43, R47: %s: nothing secret is told", (_, fault) => {
    expect(found.get(fault)).toEqual(clean);
  });
});

describe("what is wrong with addresses and the message", () => {
  test.each(ENVELOPE_FAULTS.map((fault) => [fault.name, fault] as const))("R47: %s", (_, fault) => {
    expect(found.get(fault)).toEqual(clean);
  });
});

describe("what it tells of an inside network", () => {
  test("R46: open, closed and filtered ports of addresses that are not public look alike, and nobody knocks there", async () => {
    const canary = await startScriptedSmtp();
    try {
      const look = (port: number): Fault => ({
        name: `port ${port}`,
        step: "policy",
        problem: "refused_by_policy",
        arrange: async () => ({
          config: { host: "localhost", port },
          options: { reach: { allowCidrs: [], allowPorts: [port], allowPlaintext: true } },
        }),
      });
      const findings = await Promise.all([canary.port, 1, ground.filteredPort].map((port) => meet(look(port), ground)));
      const told = findings.map(({ events }) => JSON.stringify(events).replace(/"port":\d+|"totalMs":\d+/g, ""));
      expect(new Set(told).size).toBe(1);
      expect(told[0]).not.toMatch(/127\.0\.0\.1|::1/);
      for (const { tookMs, result } of findings) {
        expect(result?.problem).toBe("refused_by_policy");
        expect(tookMs).toBeGreaterThanOrEqual(990);
      }
      expect(canary.connections()).toBe(0);
    } finally {
      await canary.stop();
    }
  });

  test("R46: where the operator opened it, the time of a refusal is told in whole seconds", async () => {
    const refused = CONNECTION_FAULTS.find(({ name }) => name === "refused") as Fault;
    const { result, tookMs } = await meet(refused, ground);
    expect(result?.steps.find(({ id }) => id === "tcp")).toMatchObject({ result: "failed", ms: 1000 });
    expect(tookMs).toBeGreaterThanOrEqual(990);
  });
});

describe("what it leaves behind", () => {
  const fine = (options: Partial<CheckOptions>, seen: { server?: ScriptedSmtp }): Fault => ({
    name: "nothing is wrong",
    step: "rcpt_to",
    problem: null,
    arrange: async ({ server, host }) => {
      seen.server = await server({ certificate: ground.certificate({ hosts: [host] }), extensions: ["STARTTLS", "AUTH PLAIN"] });
      return { config: { port: seen.server.port }, options };
    },
  });

  test("R32: nothing is sent unless it is asked for, and what was begun is taken back", async () => {
    const seen: { server?: ScriptedSmtp } = {};
    const finding = await meet(fine({}, seen), ground);
    expect(finding.result).toMatchObject({ verdict: "ok", problem: null });
    expect(finding.messages).toEqual([]);
    expect(seen.server?.commands.slice(-4)).toEqual(["MAIL FROM:<news@example.com>", "RCPT TO:<admin@example.com>", "RSET", "QUIT"]);
  });

  test("R32: asked for, one message goes to the person's own address alone", async () => {
    const seen: { server?: ScriptedSmtp } = {};
    const finding = await meet(fine({ send: true }, seen), ground);
    expect(finding.result).toMatchObject({ verdict: "ok" });
    expect(finding.messages).toHaveLength(1);
    expect(finding.messages[0]).toContain("To: <admin@example.com>");
    expect(seen.server?.commands.filter((line) => line.startsWith("RCPT"))).toEqual(["RCPT TO:<admin@example.com>"]);
  });

  test("R48: who stops listening ends it, and its connection", async () => {
    const server = await startScriptedSmtp({ script: () => SILENCE });
    try {
      const config = configOf("localhost", ground, { port: server.port, connectionTimeoutMs: 60_000, readTimeoutMs: 60_000 });
      for await (const event of diagnoseSmtp(config, optionsOf(ground, config, { config }))) {
        if (event.type === "start" && event.id === "greeting") break;
      }
      await expect.poll(() => server.open(), { interval: 5 }).toBe(0);
    } finally {
      await server.stop();
    }
  });

  test("R48: who keeps listening and does not read on keeps no connection open", async () => {
    const server = await startScriptedSmtp({ script: () => SILENCE });
    const caller = new AbortController();
    try {
      const config = configOf("localhost", ground, { port: server.port, connectionTimeoutMs: 60_000, readTimeoutMs: 60_000 });
      const events = diagnoseSmtp(config, { ...optionsOf(ground, config, { config }), signal: caller.signal });
      await events.next();
      await expect.poll(() => server.open(), { interval: 5 }).toBe(1);
      // As the deadline does: nobody asks for the next event, and the generator never comes to its end.
      caller.abort();
      await expect.poll(() => server.open(), { interval: 5 }).toBe(0);
    } finally {
      await server.stop();
    }
  });

  test("R48: called off from outside it still ends with a result", async () => {
    const server = await startScriptedSmtp({ script: () => SILENCE });
    try {
      const config = configOf("localhost", ground, { port: server.port, connectionTimeoutMs: 60_000, readTimeoutMs: 60_000 });
      const caller = new AbortController();
      const events: DiagnosisEvent[] = [];
      for await (const event of diagnoseSmtp(config, { ...optionsOf(ground, config, { config }), signal: caller.signal })) {
        events.push(event);
        if (event.type === "start" && event.id === "greeting") caller.abort();
      }
      expect(events.at(-1)).toMatchObject({ type: "result", result: { verdict: "failed", problem: "deadline" } });
    } finally {
      await server.stop();
    }
  });
});
