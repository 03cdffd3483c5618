import { describe, expect, test } from "vitest";
import { makeCertificate } from "@/tests/support/certificate";
import { server } from "@/tests/support/mail-conversation";
import { outlet, reachTo, send, smtp } from "@/tests/support/outlet";
import { type ScriptedSmtp, type ScriptedSmtpOptions, SILENCE } from "@/tests/support/scripted-smtp";

const certificate = makeCertificate("localhost", "127.0.0.1");
const trusting = { ca: certificate.cert };
const plain = Buffer.from("\0user\0s@cret").toString("base64");
const secrets = [plain, Buffer.from("s@cret").toString("base64"), "s@cret", "AUTH"];

function expectNoSecret(smtpServer: ScriptedSmtp) {
  for (const secret of secrets) expect(smtpServer.inClear()).not.toContain(secret);
}

describe("what goes out through a sender's mail server", () => {
  test.each([
    ["STARTTLS", "starttls", false],
    ["TLS from the first byte", "tls", true],
  ] as const)("R43: with %s the password goes over TLS, to the name that was asked for", async (_, security, implicitTls) => {
    const mx = await server({ certificate, implicitTls, extensions: ["STARTTLS", "AUTH PLAIN"] });
    for (const host of ["localhost", "127.0.0.1"]) {
      const result = await send(outlet(smtp(mx.port, { ...trusting, host, security }), reachTo(mx.port)));
      expect(result).toEqual({ outcome: "sent", providerReference: "250 2.0.0 Ok: queued as 4ABC123" });
    }
    expect(mx.commands.filter((line) => line === `AUTH PLAIN ${plain}`)).toHaveLength(2);
    expect(mx.messages[0]).toMatch(/^Message-ID: <id-1@sender.example>$/m);
    expectNoSecret(mx);
  });

  test.each([
    ["stripped from the offer", { extensions: ["AUTH PLAIN"] }],
    ["refused", { extensions: ["STARTTLS", "AUTH PLAIN"] }],
    ["unknown to a server that knows HELO only", { script: (line: string) => (line.startsWith("EHLO") ? "502 what" : undefined) }],
  ] as Array<[string, ScriptedSmtpOptions]>)("R43: a sender's STARTTLS %s: zero bytes of AUTH in clear", async (_, options) => {
    const mx = await server(options);
    for (const allowPlaintext of [false, true]) {
      const result = await send(outlet(smtp(mx.port, trusting), { ...reachTo(mx.port), allowPlaintext }));
      expect(result).toMatchObject({ outcome: "temporary", reason: "tls_failed" });
    }
    expectNoSecret(mx);
    expect(mx.commands.join()).not.toMatch(/MAIL FROM/);
  });

  test("R43: what a sender's server injects behind the answer to STARTTLS is thrown away", async () => {
    const injected = "250-evil.example\r\n250 AUTH LOGIN\r\n535 5.7.8 no\r\n";
    const mx = await server({ certificate, extensions: ["STARTTLS", "AUTH PLAIN"], injected });
    const result = await send(outlet(smtp(mx.port, trusting), reachTo(mx.port)));
    expect(result).not.toMatchObject({ reason: "auth_failed" });
    expectNoSecret(mx);
  });

  test.each([
    ["not trusted", makeCertificate("localhost"), false],
    ["for another name", makeCertificate("other.example"), true],
  ])("R43: a sender's certificate that is %s ends it before the password", async (_, theirs, trusted) => {
    for (const security of ["tls", "starttls"] as const) {
      const mx = await server({ certificate: theirs, implicitTls: security === "tls", extensions: ["STARTTLS", "AUTH PLAIN"] });
      const config = smtp(mx.port, { security, ca: trusted ? theirs.cert : certificate.cert });
      expect(await send(outlet(config, reachTo(mx.port)))).toEqual({ outcome: "temporary", reason: "tls_failed" });
      expect(mx.commands.join()).not.toContain("AUTH");
    }
  });

  test("R43: a name beyond ASCII is checked against the certificate as it is looked up", async () => {
    const theirs = makeCertificate("xn--bcher-kva.localhost");
    for (const security of ["tls", "starttls"] as const) {
      const mx = await server({ certificate: theirs, implicitTls: security === "tls", extensions: ["STARTTLS", "AUTH PLAIN"] });
      const config = { ...smtp(mx.port, { security, ca: theirs.cert }), host: "Bücher.localhost" };
      expect((await send(outlet(config, reachTo(mx.port)))).outcome).toBe("sent");
    }
  });

  test.each(["PLAIN", "LOGIN", "CRAM-MD5"])("R45: a server that repeats what it refuses, %s, is not repeated", async (mechanism) => {
    const challenges: Record<string, string> = { "AUTH LOGIN": "VXNlcm5hbWU6", dXNlcg: "UGFzc3dvcmQ6", "AUTH CRAM-MD5": "PDFAeD4=" };
    const mx = await server({
      certificate,
      extensions: ["STARTTLS", `AUTH ${mechanism}`],
      script: (line) => {
        const challenge = challenges[line.replace(/=+$/, "")];
        if (challenge) return `334 ${challenge}`;
        return /^(?:GREETING|EHLO|STARTTLS|QUIT)/.test(line) ? undefined : `535 5.5.1 "${line}" (S@CRET, s@cret) is not known`;
      },
    });
    const result = await send(outlet(smtp(mx.port, trusting), reachTo(mx.port)));
    const asked = mechanism === "PLAIN" ? "AUTH PLAIN ***" : "***";
    expect(result).toMatchObject({ reason: "auth_failed", smtpCode: 535, reply: `535 5.5.1 "${asked}" (***, ***) is not known` });
  });

  test("R43: TLS towards a server that speaks clear text sends nothing", async () => {
    const mx = await server({ extensions: ["AUTH PLAIN"] });
    const result = await send(outlet(smtp(mx.port, { security: "tls" }), reachTo(mx.port)));
    expect(result).toMatchObject({ outcome: "temporary", reason: "tls_failed" });
    expectNoSecret(mx);
  });

  test("R43: in clear only where the operator allows it, and then nobody signs in", async () => {
    const mx = await server({ extensions: ["AUTH PLAIN LOGIN"] });
    const clear = smtp(mx.port, { security: "none", auth: "none", username: "", password: "" });
    expect(await send(outlet(clear, reachTo(mx.port)))).toEqual({ outcome: "refused", reason: "refused_by_policy" });
    expect(mx.connections()).toBe(0);

    const allowed = { ...reachTo(mx.port), allowPlaintext: true };
    // A stored configuration that no form would let through.
    const withPassword = { ...clear, auth: "password" as const, username: "user", password: "s@cret" };
    const withToken = { ...clear, auth: "oauth2" as const, username: "user", oauthTokenUrl: "https://127.0.0.1/token" };
    for (const config of [clear, withPassword, withToken]) expect((await send(outlet(config, allowed))).outcome).toBe("sent");
    expectNoSecret(mx);
  });

  test("R49: a sender opens four connections at most", async () => {
    const mx = await server({ certificate, extensions: ["STARTTLS", "AUTH PLAIN"] });
    const through = outlet(smtp(mx.port, trusting), reachTo(mx.port));
    const results = await Promise.all(Array.from({ length: 40 }, () => send(through)));
    expect(results.every((result) => result.outcome === "sent")).toBe(true);
    expect([mx.messages.length, mx.connections() <= 4]).toEqual([40, true]);
  });

  test("R48: the times that an institution chose end a send at a silent server", async () => {
    const mx = await server({
      certificate,
      extensions: ["STARTTLS", "AUTH PLAIN"],
      script: (line) => (line.startsWith("RCPT") ? SILENCE : undefined),
    });
    const startedAt = performance.now();
    expect(await send(outlet(smtp(mx.port, trusting), reachTo(mx.port)))).toEqual({ outcome: "temporary", reason: "timeout" });
    expect(performance.now() - startedAt).toBeLessThan(3000);
  });

  test("R48: a sender's server that trickles runs into the deadline of the whole send", async () => {
    const mx = await server({ script: (line) => (line.startsWith("RCPT TO") ? SILENCE : undefined) });
    const dripping = setInterval(() => mx.drip("250-"), 200);
    const clear = smtp(mx.port, { security: "none", auth: "none", connectionTimeoutMs: 1000 });
    const startedAt = performance.now();
    const result = await send(outlet(clear, { ...reachTo(mx.port), allowPlaintext: true }));
    clearInterval(dripping);
    expect(result).toEqual({ outcome: "temporary", reason: "timeout" });
    expect(performance.now() - startedAt).toBeLessThan(1000 + 3 * 1000 + 500);
  });

  test("R36: whether a server takes SMTPUTF8 is asked over a checked connection too", async () => {
    const mx = await server({ certificate, extensions: ["STARTTLS", "AUTH PLAIN", "SMTPUTF8"] });
    const through = outlet(smtp(mx.port, trusting), reachTo(mx.port));
    expect((await send(through, { to: "用户@example.com" })).outcome).toBe("sent");
    const blocked = outlet(smtp(mx.port, trusting), { ...reachTo(mx.port), allowCidrs: [] });
    expect(await send(blocked, { to: "用户@example.com" })).toEqual({ outcome: "refused", reason: "refused_by_policy" });
    expect(mx.connections()).toBe(2);
  });
});
