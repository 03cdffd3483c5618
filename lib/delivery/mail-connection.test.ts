import { describe, expect, test } from "vitest";
import { sendMail } from "@/lib/delivery/mail";
import { atEnd, mail, server, transport } from "@/tests/support/mail-conversation";
import { DROP, SILENCE } from "@/tests/support/scripted-smtp";

describe("what a connection does", () => {
  test.each(["GREETING", "EHLO", "MAIL FROM", "RCPT TO", "DATA"])(
    "R70: lost at %s, before the message, it is temporary",
    async (command) => {
      for (const extensions of [[], ["PIPELINING"]]) {
        const smtp = await server({ extensions, script: (line) => (line.startsWith(command) ? DROP : undefined) });
        const result = await sendMail(transport(smtp.port), mail());
        expect(result).toEqual({ outcome: "temporary", reason: "connect_failed" });
        expect(smtp.messages).toEqual([]);
      }
    },
  );

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
    const lost = (line: string, visit: { connection: number }) =>
      visit.connection === 1 && line.startsWith("MAIL FROM") ? seen++ > 0 : false;
    let seen = 0;
    const smtp = await server({ script: (line, visit) => (lost(line, visit) ? DROP : undefined) });
    const sender = transport(smtp.port, { maxConnections: 1 });
    expect((await sendMail(sender, mail())).outcome).toBe("sent");
    expect((await sendMail(sender, mail())).outcome).toBe("sent");
    expect([smtp.messages.length, smtp.connections()]).toEqual([2, 2]);
  });

  test("R70: 421 out of turn, before the message, is temporary", async () => {
    const smtp = await server({
      script: (line) => (line.startsWith("MAIL FROM") ? { say: "250 ok\r\n421 4.3.2 bye", then: DROP } : undefined),
    });
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
    atEnd(() => clearInterval(dripping));
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
    expect(await sendMail(transport(smtp.port), mail())).toEqual({ outcome: "temporary", reason: "connect_failed" });
    const nowhere = transport(25, { url: "smtps://mail.invalid" });
    expect(await sendMail(nowhere, mail())).toEqual({ outcome: "temporary", reason: "dns_failed" });
  });
});
