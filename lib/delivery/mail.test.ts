import { afterEach, describe, expect, test } from "vitest";
import { createMailTransport, type MailTransport, type MailTransportSettings, type OutgoingMail, sendMail } from "@/lib/delivery/mail";
import { makeCertificate } from "@/tests/support/certificate";
import { DROP, SILENCE, type ScriptedSmtp, type ScriptedSmtpOptions, startScriptedSmtp } from "@/tests/support/scripted-smtp";

const running: Array<() => unknown> = [];

afterEach(async () => {
  for (const stop of running.splice(0)) await stop();
});

async function server(options: ScriptedSmtpOptions = {}): Promise<ScriptedSmtp> {
  const started = await startScriptedSmtp(options);
  running.push(started.stop);
  return started;
}

function transport(port: number, settings: Partial<MailTransportSettings> = {}): MailTransport {
  const made = createMailTransport({ url: `smtp://127.0.0.1:${port}`, connectionTimeoutMs: 2000, readTimeoutMs: 1000, ...settings });
  running.push(() => made.close());
  return made;
}

function mail(changes: Partial<OutgoingMail> = {}): OutgoingMail {
  return {
    from: { name: "Réachable, Inc", address: "noreply@sender.example" },
    to: "ann@example.com",
    subject: "確認",
    html: "<p>Bonjour</p>",
    text: "Bonjour",
    messageId: "<id-1@sender.example>",
    language: "ja",
    ...changes,
  };
}

describe("what arrives", () => {
  test("R37: one recipient in the envelope, and the message as written", async () => {
    const smtp = await server();
    const result = await sendMail(transport(smtp.port), mail({ headers: { "X-Reference": "r1" } }));
    expect(result).toEqual({ outcome: "sent", providerReference: "250 2.0.0 Ok: queued as 4ABC123" });
    expect(smtp.commands.filter((line) => /^(?:EHLO|MAIL|RCPT)/.test(line))).toEqual([
      "EHLO [127.0.0.1]",
      "MAIL FROM:<noreply@sender.example>",
      "RCPT TO:<ann@example.com>",
    ]);
    const message = smtp.messages[0] ?? "";
    expect(message).toMatch(/^Message-ID: <id-1@sender.example>$/m);
    expect(message).toMatch(/^Content-Language: ja$/m);
    expect(message).toMatch(/^Auto-Submitted: auto-generated$/m);
    expect(message).toMatch(/^X-Reference: r1$/m);
    expect(message).toMatch(/^To: ann@example.com$/m);
    expect(message).toMatch(/^Subject: =\?UTF-8\?/m);
  });

  test.each([
    ["b@x.example, evil@e.example"],
    ["b@x.example>\r\nRCPT TO:<evil@e.example"],
    ["<b@x.example>"],
    ["Ann@EXAMPLE.com"],
    [""],
  ])("R37: an address that is not in its canonical form is not sent to: %j", async (to) => {
    const smtp = await server();
    expect(await sendMail(transport(smtp.port), mail({ to }))).toEqual({ outcome: "refused", reason: "rejected" });
    expect(smtp.connections()).toBe(0);
  });

  test("R38: a name or subject with line breaks adds no header and no recipient", async () => {
    const smtp = await server();
    const from = { name: "A\r\nBcc: evil@e.example", address: "noreply@sender.example" };
    const result = await sendMail(transport(smtp.port), mail({ from, subject: "x\r\nBcc: evil@e.example\r\n\r\nbody" }));
    expect(result.outcome).toBe("sent");
    expect(smtp.commands.filter((line) => line.startsWith("RCPT"))).toHaveLength(1);
    expect(smtp.messages[0]).not.toMatch(/^Bcc:/m);
  });

  test.each([
    ["foo.@docomo.ne.jp", '"foo."@docomo.ne.jp'],
    ["a..b@ezweb.ne.jp", '"a..b"@ezweb.ne.jp'],
    ["o'brien+x@xn--bcher-kva.example", "o'brien+x@xn--bcher-kva.example"],
    ["用户@xn--bcher-kva.example", "用户@bücher.example"],
  ])("R36: %s goes out in the form that SMTP asks for, and counts as accepted", async (to, wire) => {
    const smtp = await server({ extensions: ["SMTPUTF8"] });
    expect((await sendMail(transport(smtp.port), mail({ to }))).outcome).toBe("sent");
    expect(smtp.commands).toContain(`RCPT TO:<${wire}>`);
  });

  test("R36: an address that needs SMTPUTF8 is refused where the server has none", async () => {
    const without = await server();
    const result = await sendMail(transport(without.port), mail({ to: "用户@example.com" }));
    expect(result).toEqual({ outcome: "refused", reason: "smtputf8_missing" });
    expect(without.commands.join()).not.toContain("MAIL FROM");

    const having = await server({ extensions: ["SMTPUTF8"] });
    const sender = transport(having.port);
    expect((await sendMail(sender, mail({ to: "用户@example.com" }))).outcome).toBe("sent");
    expect((await sendMail(sender, mail({ to: "用户2@example.com" }))).outcome).toBe("sent");
    expect(having.commands).toContain("RCPT TO:<用户@example.com>");
    expect(having.commands).toContain("MAIL FROM:<noreply@sender.example> SMTPUTF8");
    expect(having.connections()).toBe(2);
  });

  test("one connection serves many messages", async () => {
    const smtp = await server({ extensions: ["PIPELINING"] });
    const sender = transport(smtp.port, { maxConnections: 1 });
    const results = await Promise.all(Array.from({ length: 20 }, () => sendMail(sender, mail())));
    expect(results.every((result) => result.outcome === "sent")).toBe(true);
    expect([smtp.messages.length, smtp.connections()]).toEqual([20, 1]);
  });
});

describe("what a server answers", () => {
  const cases: Array<[string, string, string, object]> = [
    ["MAIL FROM", "550 5.7.1 go away", "550", { outcome: "refused", reason: "sender_rejected" }],
    ["MAIL FROM", "451 4.3.0 later", "451", { outcome: "temporary", reason: "temporary" }],
    ["RCPT TO", "450 4.2.0 greylisted", "450", { outcome: "temporary", reason: "temporary" }],
    ["RCPT TO", "550 5.1.1 no such user", "550", { outcome: "refused", reason: "recipient_rejected" }],
    ["RCPT TO", "550 no such user", "550", { outcome: "refused", reason: "recipient_rejected" }],
    ["RCPT TO", "554 5.7.1 relay access denied", "554", { outcome: "refused", reason: "rejected" }],
    ["RCPT TO", "503 5.5.1 bad sequence", "503", { outcome: "temporary", reason: "temporary" }],
    ["DATA", "554 5.7.1 no", "554", { outcome: "refused", reason: "rejected" }],
    ["DATA", "452 4.3.1 full", "452", { outcome: "temporary", reason: "temporary" }],
    [".", "550 5.7.1 spam", "550", { outcome: "refused", reason: "rejected" }],
    [".", "451 4.7.1 later", "451", { outcome: "temporary", reason: "temporary" }],
    [".", "421 4.3.2 shutting down", "421", { outcome: "temporary", reason: "temporary" }],
  ];

  test.each(cases)("R47: %s answered with %s", async (command, reply, code, verdict) => {
    for (const extensions of [[], ["PIPELINING"]]) {
      const smtp = await server({ extensions, script: (line) => (line.startsWith(command) ? reply : undefined) });
      const result = await sendMail(transport(smtp.port), mail());
      expect(result).toEqual({ ...verdict, smtpCode: Number(code), reply });
    }
  });

  test("R47: RCPT TO answered with 421, which ends the connection, is temporary", async () => {
    for (const extensions of [[], ["PIPELINING"]]) {
      const smtp = await server({ extensions, script: (line) => (line.startsWith("RCPT") ? "421 4.3.2 bye" : undefined) });
      const result = await sendMail(transport(smtp.port), mail());
      expect(result).toMatchObject({ outcome: "temporary", reason: "temporary", smtpCode: 421 });
    }
  });

  test("R47: a reply is cut to 200 printable characters and does not repeat the address", async () => {
    const said = `550 5.1.1 <ANN@example.com>:\x07 \u202e${"x".repeat(500)}`;
    const smtp = await server({ script: (line) => (line.startsWith("RCPT") ? said : undefined) });
    const result = await sendMail(transport(smtp.port), mail());
    const reply = "reply" in result ? (result.reply ?? "") : "";
    expect(reply).toMatch(/^550 5\.1\.1 <a\*\*\*@example\.com>: x+$/);
    expect(reply).toHaveLength(200);
  });

  test.each([
    ["554 5.3.2 no mail here", 554],
    ["HTTP/1.1 400 Bad Request", undefined],
    ["SSH-2.0-OpenSSH_9.9 secret banner", undefined],
  ])("R47: what speaks before the dialogue is not repeated: %s", async (greeting, smtpCode) => {
    const smtp = await server({ script: (line) => (line === "GREETING" ? greeting : undefined) });
    const result = await sendMail(transport(smtp.port), mail());
    expect(result).toEqual({ outcome: "temporary", reason: "connect_failed", ...(smtpCode && { smtpCode }) });
  });

  test("R47: a greeting that never ends is given up", async () => {
    const smtp = await server({ script: (line) => (line === "GREETING" ? `220-${"x".repeat(5_000_000)}` : undefined) });
    expect(await sendMail(transport(smtp.port), mail())).toEqual({ outcome: "temporary", reason: "connect_failed" });
  });

  test("after a refusal the connection goes on", async () => {
    const smtp = await server({ script: (line) => (line === "RCPT TO:<bad@example.com>" ? "550 5.1.1 no" : undefined) });
    const sender = transport(smtp.port, { maxConnections: 1 });
    expect((await sendMail(sender, mail({ to: "bad@example.com" }))).outcome).toBe("refused");
    expect((await sendMail(sender, mail())).outcome).toBe("sent");
    expect(smtp.connections()).toBe(1);
  });
});

describe("what a connection does", () => {
  test.each(["GREETING", "EHLO", "MAIL FROM", "RCPT TO", "DATA"])("R70: lost at %s, before the message, it is temporary", async (command) => {
    for (const extensions of [[], ["PIPELINING"]]) {
      const smtp = await server({ extensions, script: (line) => (line.startsWith(command) ? DROP : undefined) });
      const result = await sendMail(transport(smtp.port), mail());
      expect(result).toEqual({ outcome: "temporary", reason: "connect_failed" });
      expect(smtp.messages).toEqual([]);
    }
  });

  test.each(["BODY", "."])("R70: lost at %s, after DATA began, the outcome is unknown, and nothing is sent again", async (command) => {
    for (const extensions of [[], ["PIPELINING"]]) {
      const smtp = await server({ extensions, script: (line) => (line === command ? DROP : undefined) });
      const result = await sendMail(transport(smtp.port), mail());
      expect(result).toEqual({ outcome: "unknown", reason: "unknown_outcome" });
      expect(smtp.commands.filter((line) => line === "DATA")).toHaveLength(1);
    }
  });

  test("R70: no answer to the message leaves the outcome unknown", async () => {
    const smtp = await server({ script: (line) => (line === "." ? SILENCE : undefined) });
    const result = await sendMail(transport(smtp.port, { readTimeoutMs: 200 }), mail());
    expect(result).toEqual({ outcome: "unknown", reason: "unknown_outcome" });
  });

  test("R70: a kept connection that the server has closed meanwhile costs nothing", async () => {
    const lost = (line: string, visit: { connection: number }) => (visit.connection === 1 && line.startsWith("MAIL FROM") ? seen++ > 0 : false);
    let seen = 0;
    const smtp = await server({ script: (line, visit) => (lost(line, visit) ? DROP : undefined) });
    const sender = transport(smtp.port, { maxConnections: 1 });
    expect((await sendMail(sender, mail())).outcome).toBe("sent");
    expect((await sendMail(sender, mail())).outcome).toBe("sent");
    expect([smtp.messages.length, smtp.connections()]).toEqual([2, 2]);
  });

  test("R70: 421 out of turn, before the message, is temporary", async () => {
    const smtp = await server({ script: (line) => (line.startsWith("MAIL FROM") ? { say: "250 ok\r\n421 4.3.2 bye", then: DROP } : undefined) });
    const result = await sendMail(transport(smtp.port), mail());
    expect(result.outcome).toBe("temporary");
  });

  test.each(["GREETING", "EHLO", "MAIL FROM", "RCPT TO", "DATA"])("R48: silence at %s ends in a timeout", async (command) => {
    const smtp = await server({ script: (line) => (line.startsWith(command) ? SILENCE : undefined) });
    const sender = transport(smtp.port, { connectionTimeoutMs: 300, readTimeoutMs: 200 });
    expect(await sendMail(sender, mail())).toEqual({ outcome: "temporary", reason: "timeout" });
  });

  test("R48: a server that trickles runs into the overall deadline", async () => {
    const smtp = await server({ script: (line) => (line.startsWith("RCPT TO") ? SILENCE : undefined) });
    const sender = transport(smtp.port, { connectionTimeoutMs: 100, readTimeoutMs: 200 });
    const first = sendMail(sender, mail());
    const dripping = setInterval(() => smtp.drip("250-"), 50);
    running.push(() => clearInterval(dripping));
    expect(await first).toEqual({ outcome: "temporary", reason: "timeout" });
  });

  test("R74: a send that is called off before the message is temporary", async () => {
    const controller = new AbortController();
    const smtp = await server({
      script: (line) => {
        if (!line.startsWith("RCPT TO")) return undefined;
        controller.abort();
        return SILENCE;
      },
    });
    const result = await sendMail(transport(smtp.port), mail({ signal: controller.signal }));
    expect(result).toEqual({ outcome: "temporary", reason: "temporary" });
  });

  test("R47: nobody listening, and a name that does not exist", async () => {
    const smtp = await server();
    await smtp.stop();
    running.splice(0);
    expect(await sendMail(transport(smtp.port), mail())).toEqual({ outcome: "temporary", reason: "connect_failed" });
    const nowhere = transport(25, { url: "smtps://mail.invalid" });
    expect(await sendMail(nowhere, mail())).toEqual({ outcome: "temporary", reason: "dns_failed" });
  });
});

describe("TLS", () => {
  const certificate = makeCertificate("localhost", "127.0.0.1");
  const credentials = (port: number, scheme = "smtp", host = "localhost") => `${scheme}://user:s%40cret@${host}:${port}`;
  const secrets = [Buffer.from("\0user\0s@cret").toString("base64"), Buffer.from("s@cret").toString("base64"), "s@cret", "AUTH"];

  function expectNoSecret(smtp: ScriptedSmtp) {
    for (const secret of secrets) expect(smtp.inClear()).not.toContain(secret);
  }

  test("R43: with STARTTLS the password goes over TLS", async () => {
    const smtp = await server({ certificate, extensions: ["STARTTLS", "AUTH PLAIN"] });
    const result = await sendMail(transport(smtp.port, { url: credentials(smtp.port), ca: certificate.cert }), mail());
    expect(result.outcome).toBe("sent");
    expect(smtp.commands).toContain(`AUTH PLAIN ${secrets[0]}`);
    expectNoSecret(smtp);
  });

  test("R43: smtps speaks TLS from the first byte", async () => {
    const smtp = await server({ certificate, implicitTls: true, extensions: ["AUTH PLAIN"] });
    const result = await sendMail(transport(smtp.port, { url: credentials(smtp.port, "smtps"), ca: certificate.cert }), mail());
    expect(result.outcome).toBe("sent");
    expect(smtp.inClear()).toBe("");
  });

  test.each([
    ["stripped from the offer", { extensions: ["AUTH PLAIN"] }],
    ["refused", { extensions: ["STARTTLS", "AUTH PLAIN"] }],
    ["unknown to a server that knows HELO only", { script: (line: string) => (line.startsWith("EHLO") ? "502 what" : undefined) }],
  ] as Array<[string, ScriptedSmtpOptions]>)("R43: STARTTLS %s: zero bytes of AUTH in clear", async (_, options) => {
    const smtp = await server(options);
    for (const allowPlaintext of [false, true]) {
      const sender = transport(smtp.port, { url: credentials(smtp.port), ca: certificate.cert, allowPlaintext });
      expect(await sendMail(sender, mail())).toMatchObject({ outcome: "temporary", reason: "tls_failed" });
    }
    expectNoSecret(smtp);
    expect(smtp.commands.join()).not.toMatch(/MAIL FROM/);
  });

  test("R43: what is injected behind the answer to STARTTLS is thrown away", async () => {
    const injected = "250-evil.example\r\n250 AUTH LOGIN\r\n535 5.7.8 no\r\n";
    const smtp = await server({ certificate, extensions: ["STARTTLS", "AUTH PLAIN"], injected });
    const result = await sendMail(transport(smtp.port, { url: credentials(smtp.port), ca: certificate.cert }), mail());
    expect(result).not.toMatchObject({ reason: "auth_failed" });
    expectNoSecret(smtp);
  });

  test.each([
    ["not trusted", makeCertificate("localhost"), undefined],
    ["for another name", makeCertificate("other.example"), "own"],
  ])("R43: a certificate that is %s ends it before the password", async (_, theirs, trust) => {
    for (const implicitTls of [true, false]) {
      const smtp = await server({ certificate: theirs, implicitTls, extensions: ["STARTTLS", "AUTH PLAIN"] });
      const url = credentials(smtp.port, implicitTls ? "smtps" : "smtp");
      const sender = transport(smtp.port, { url, ca: trust ? theirs.cert : certificate.cert });
      expect(await sendMail(sender, mail())).toEqual({ outcome: "temporary", reason: "tls_failed" });
      expect(smtp.commands.join()).not.toContain("AUTH");
    }
  });

  test("R43: smtps towards a server that speaks clear text is a TLS failure", async () => {
    const smtp = await server();
    const sender = transport(smtp.port, { url: credentials(smtp.port, "smtps") });
    expect(await sendMail(sender, mail())).toMatchObject({ outcome: "temporary", reason: "tls_failed" });
  });

  test.each([
    ["535 5.7.8 bad credentials", { outcome: "refused", reason: "auth_failed", smtpCode: 535 }],
    ["454 4.7.0 later", { outcome: "temporary", reason: "auth_failed", smtpCode: 454 }],
  ])("R47: AUTH answered with %s", async (reply, verdict) => {
    const script = (line: string) => (line.startsWith("AUTH") ? reply : undefined);
    const smtp = await server({ certificate, script, extensions: ["STARTTLS", "AUTH PLAIN"] });
    const sender = transport(smtp.port, { url: credentials(smtp.port), ca: certificate.cert });
    expect(await sendMail(sender, mail())).toEqual({ ...verdict, reply });
  });

  test("R43: a password is tried even where AUTH is not offered, never left out", async () => {
    const smtp = await server({ certificate, extensions: ["STARTTLS"] });
    await sendMail(transport(smtp.port, { url: credentials(smtp.port), ca: certificate.cert }), mail());
    expect(smtp.commands.some((line) => line.startsWith("AUTH"))).toBe(true);
  });
});
