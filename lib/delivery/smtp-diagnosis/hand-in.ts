import { randomUUID } from "node:crypto";
import { parseEmailAddress } from "@/lib/core/email-address";
import type { Climb } from "@/lib/delivery/smtp-diagnosis/climb";
import type { Conversation } from "@/lib/delivery/smtp-diagnosis/conversation";
import { offers } from "@/lib/delivery/smtp-diagnosis/ehlo";
import { RungFailure } from "@/lib/delivery/smtp-diagnosis/found";
import { judgeEnvelope } from "@/lib/delivery/smtp-diagnosis/judge";
import { showReply } from "@/lib/delivery/smtp-diagnosis/reply";
import type { Held } from "@/lib/delivery/smtp-diagnosis/rungs";

const GO_ON = 354;
const GOODBYE_MS = 500;
const TEXT = "Reachable: test";

type Stage = "mail_from" | "rcpt_to" | "data";

/** mail_from, rcpt_to and, only if asked for, data. What was not asked for is left out; nothing is sent then. */
export async function handIn(climb: Climb, talk: Conversation, capabilities: string[]): Promise<void> {
  const { options, rungs } = climb;
  const from = addressOf(options.from ?? climb.config.username);
  const to = from && addressOf(options.to ?? "");
  if (!from) return skip(climb, "mail_from", "rcpt_to", "data");
  const utf8 = from.utf8 || (to?.utf8 ?? false);
  await rungs.climb("mail_from", async () => {
    if (utf8 && !offers(capabilities, "SMTPUTF8")) throw new RungFailure({ code: "smtputf8_missing" });
    return ask(climb, talk, "mail_from", `MAIL FROM:<${from.path}>${utf8 ? " SMTPUTF8" : ""}`);
  });
  if (!to) return skip(climb, "rcpt_to", "data");
  await rungs.climb("rcpt_to", () => ask(climb, talk, "rcpt_to", `RCPT TO:<${to.path}>`));
  if (options.send !== true) return skip(climb, "data");
  await rungs.climb("data", async () => {
    const begin = await talk.ask("DATA");
    if (begin.code !== GO_ON) throw new RungFailure(judgeEnvelope("data", begin, signsIn(climb)), { reply: showReply(begin) });
    const reply = await talk.handOver(compose(from.address, to.address));
    return judged(climb, "data", reply);
  });
}

/** Takes back what was begun, and leaves as a guest should; nobody waits for it. */
export async function sayGoodbye(talk: Conversation): Promise<void> {
  try {
    await talk.ask("RSET", GOODBYE_MS);
    await talk.ask("QUIT", GOODBYE_MS);
  } catch {
    // The ladder has its result already.
  }
}

async function ask(climb: Climb, talk: Conversation, at: Stage, command: string): Promise<Held<undefined>> {
  return judged(climb, at, await talk.ask(command));
}

function judged(climb: Climb, at: Stage, reply: { code: number; lines: string[] }): Held<undefined> {
  const shown = { reply: showReply(reply) };
  if (reply.code >= 200 && reply.code < 300) return { value: undefined, ...shown };
  throw new RungFailure(judgeEnvelope(at, reply, signsIn(climb)), shown);
}

function signsIn({ config }: Climb): boolean {
  return config.auth !== "none";
}

function skip({ rungs }: Climb, ...stages: Stage[]): void {
  for (const stage of stages) rungs.skip(stage);
}

function addressOf(text: string): { address: string; path: string; utf8: boolean } | null {
  const parsed = parseEmailAddress(text);
  if (!parsed.ok) return null;
  const { local, domain, canonical, needsSmtputf8 } = parsed.value;
  const dotAtom = !/^\.|\.\.|\.$/.test(local);
  return { address: canonical, path: dotAtom ? canonical : `"${local}"@${domain}`, utf8: needsSmtputf8 };
}

function compose(from: string, to: string): string {
  const headers = [
    `From: <${from}>`,
    `To: <${to}>`,
    `Subject: ${TEXT}`,
    `Date: ${new Date().toUTCString().replace("GMT", "+0000")}`,
    `Message-ID: <${randomUUID()}${from.slice(from.lastIndexOf("@"))}>`,
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=utf-8",
    "Auto-Submitted: auto-generated",
  ];
  return `${headers.join("\r\n")}\r\n\r\n${TEXT}\r\n.\r\n`;
}
