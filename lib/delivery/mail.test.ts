import { describe, expect, test } from "vitest";
import { sendMail } from "@/lib/delivery/mail";
import { mail, server, transport } from "@/tests/support/mail-conversation";

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

  test.each([["b@x.example, evil@e.example"], ["b@x.example>\r\nRCPT TO:<evil@e.example"], ["<b@x.example>"], ["Ann@EXAMPLE.com"], [""]])(
    "R37: an address that is not in its canonical form is not sent to: %j",
    async (to) => {
      const smtp = await server();
      expect(await sendMail(transport(smtp.port), mail({ to }))).toEqual({ outcome: "refused", reason: "rejected" });
      expect(smtp.connections()).toBe(0);
    },
  );

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
