import { Duplex } from "node:stream";
import { expect, test } from "vitest";
import { Conversation } from "@/lib/delivery/smtp-diagnosis/conversation";
import { clean, showReply } from "@/lib/delivery/smtp-diagnosis/reply";

test("R47: what a server says is shown printable, at most 200 characters, its addresses masked", () => {
  const lines = ["5.1.1 <ann.lee@example.com>:\u001b[31m no\u0000 such\u202e user", `x@example.org ${"long ".repeat(100)}`];
  const shown = showReply({ code: 550, lines });
  expect(shown).toMatch(/^550 5\.1\.1 <a\*\*\*@example\.com>: \[31m no such user \*\*\*@example\.org long/);
  expect(Array.from(shown).length).toBeLessThanOrEqual(200);
  expect(shown).not.toMatch(/\p{C}/u);
});

test("R47: what was sent to sign in never comes back", () => {
  expect(showReply({ code: 535, lines: ["no: c2VjcmV0 is secret"] }, ["secret", "c2VjcmV0"])).toBe("535 no: *** is ***");
});

test("R47: an address that is cut in the middle is left out whole", () => {
  expect(clean(`${"x ".repeat(996)}ann.elizabeth.lee@example.com`)).not.toContain("ann");
});

test("R43: a secret is refused before a byte of it leaves in clear, and so is a second line", () => {
  const written: string[] = [];
  const socket = new Duplex({ read: () => undefined, write: (chunk, _, done) => done(void written.push(String(chunk))) });
  const talk = new Conversation(socket as ConstructorParameters<typeof Conversation>[0], 50);
  expect(() => talk.askInPrivate("AUTH PLAIN AGFubgBzZWNyZXQ=")).toThrow("in clear");
  expect(() => talk.ask("MAIL FROM:<a@b.example>\r\nRCPT TO:<c@d.example>")).toThrow("one line");
  expect(written).toEqual([]);
});
