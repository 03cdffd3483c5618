import { describe, expect, test } from "vitest";
import { sendMail } from "@/lib/delivery/mail";
import { makeCertificate } from "@/tests/support/certificate";
import { mail, server, transport } from "@/tests/support/mail-conversation";
import type { ScriptedSmtp, ScriptedSmtpOptions } from "@/tests/support/scripted-smtp";

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
