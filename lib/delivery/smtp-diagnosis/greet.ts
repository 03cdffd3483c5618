import { setTimeout as wait } from "node:timers/promises";
import { type Climb, probeMs, type Server, tlsOf } from "@/lib/delivery/smtp-diagnosis/climb";
import { type Conversation, ConversationFault } from "@/lib/delivery/smtp-diagnosis/conversation";
import { EHLO } from "@/lib/delivery/smtp-diagnosis/ehlo";
import { type Found, RungFailure } from "@/lib/delivery/smtp-diagnosis/found";
import { findBetter, listenInTls, poke, type Speech, tlsOn } from "@/lib/delivery/smtp-diagnosis/probe";
import { judgeFault, judgeGoodbye, judgeGreeting } from "@/lib/delivery/smtp-diagnosis/recognise";
import { clean, isTemporary, type Reply, showReply } from "@/lib/delivery/smtp-diagnosis/reply";

const GREETING = 220;
const OK = 250;
const PATIENCE_MS = 2_000;
const NOTHING: Speech = { kind: "nothing" };

export async function greet(climb: Climb, server: Server, talk: Conversation): Promise<void> {
  return climb.rungs.climb("greeting", async () => {
    const greeting = await hearGreeting(climb, server, talk);
    if (greeting.code === GREETING) return { value: undefined, reply: showReply(greeting) };
    const found = judgeGreeting(greeting);
    throw new RungFailure(found.code === "banner_rejected" || found.code === "not_smtp" ? await withBetter(climb, server, found) : found);
  });
}

/** The rung after the greeting: what the server is called and can do. */
export function introduce(climb: Climb, talk: Conversation): Promise<string[]> {
  return climb.rungs.climb("ehlo", async () => {
    const lines = await askCapabilities(talk);
    return { value: lines, facts: { name: clean(lines[0] ?? ""), capabilities: clean(lines.slice(1).join(", ")) } };
  });
}

export async function askCapabilities(talk: Conversation): Promise<string[]> {
  const reply = await talk.ask(EHLO);
  if (reply.code === OK) return reply.lines;
  const goodbye = judgeGoodbye(reply);
  const found: Found = goodbye ?? { code: isTemporary(reply) ? "temporary" : "ehlo_rejected", params: { code: reply.code } };
  throw new RungFailure(found, { reply: showReply(reply) });
}

export async function withBetter(climb: Climb, { open }: Server, found: Found): Promise<Found> {
  const fix = await findBetter(open, climb.config, tlsOf(climb), probeMs(climb), climb.wire.ports);
  return fix ? { ...found, fix } : found;
}

async function hearGreeting(climb: Climb, server: Server, talk: Conversation): Promise<Reply> {
  const heard = talk.read();
  heard.catch(() => undefined);
  const late = new AbortController();
  try {
    // A server that waits for TLS says nothing: it is looked at from the other side before the patience is over.
    const first = await (talk.secured ? heard : Promise.race([heard, lookForTls(climb, server, late.signal)]));
    if (first !== "tls") return first;
    throw new RungFailure(speaksTls(climb));
  } catch (error) {
    if (error instanceof ConversationFault) throw await explain(climb, server, talk, error);
    throw error;
  } finally {
    late.abort();
  }
}

/** "tls" once it is sure; for anything else it leaves the word to the greeting. */
async function lookForTls(climb: Climb, { open }: Server, signal: AbortSignal): Promise<"tls"> {
  const never = new Promise<never>(() => undefined);
  try {
    await wait(Math.min(PATIENCE_MS, climb.config.readTimeoutMs / 3), undefined, { signal });
  } catch {
    return never;
  }
  const speech = await listenInTls(open, climb.config.port, tlsOf(climb), probeMs(climb));
  return speech.kind === "smtp" ? "tls" : never;
}

function speaksTls({ config }: Climb): Found {
  return { code: "plain_on_tls_port", params: { port: config.port }, fix: tlsOn(config.port) };
}

async function explain(climb: Climb, server: Server, talk: Conversation, fault: ConversationFault): Promise<RungFailure> {
  const { config } = climb;
  const found: Found = { ...judgeFault(fault), params: { port: config.port } };
  const mute = fault.kind === "lost" || fault.kind === "silent";
  // All at once: the second looks together take no longer than one of them.
  const [better, spoken, secured] = await Promise.all([
    withBetter(climb, server, found),
    fault.kind === "silent" ? poke(talk, probeMs(climb)) : NOTHING,
    mute && !talk.secured ? listenInTls(server.open, config.port, tlsOf(climb), probeMs(climb)) : NOTHING,
  ]);
  if (!talk.secured && (secured.kind === "smtp" || found.code === "plain_on_tls_port")) return new RungFailure(speaksTls(climb));
  return new RungFailure(spoken.kind === "other" ? { ...better, code: spoken.problem } : better);
}
