import type { Fix } from "@/lib/channels/diagnosis";
import { type Climb, probeMs, type Server, tlsOf } from "@/lib/delivery/smtp-diagnosis/climb";
import { Conversation } from "@/lib/delivery/smtp-diagnosis/conversation";
import { offers } from "@/lib/delivery/smtp-diagnosis/ehlo";
import { type Found, RungFailure } from "@/lib/delivery/smtp-diagnosis/found";
import { askCapabilities, withBetter } from "@/lib/delivery/smtp-diagnosis/greet";
import { listenInClear, starttlsOn } from "@/lib/delivery/smtp-diagnosis/probe";
import { judgeGoodbye } from "@/lib/delivery/smtp-diagnosis/recognise";
import { type Reply, showReply } from "@/lib/delivery/smtp-diagnosis/reply";
import type { Held } from "@/lib/delivery/smtp-diagnosis/rungs";
import { describeTls, expiresSoon, handshake, judge, TlsFault } from "@/lib/delivery/smtp-diagnosis/tls";

const READY = 220;
// How firewalls that read along cross out a word in the answer to EHLO.
const CROSSED_OUT = /^X{4,}[A-Z]?$/;
const MOST_NAMES = 3;

/** TLS from the first byte. */
export function secureAtOnce(climb: Climb, server: Server): Promise<Conversation> {
  return climb.rungs.climb("tls", async () => {
    const secured = await handshake(server.socket, tlsOf(climb), climb.config.connectionTimeoutMs).catch((fault: unknown) =>
      explain(climb, server, fault),
    );
    climb.sockets.add(secured);
    const { facts, warning } = await examine(climb, server, secured);
    return { value: new Conversation(secured, climb.config.readTimeoutMs), facts, warning };
  });
}

/** STARTTLS, or nothing: it is asked for whatever is offered, as the sending side does. */
export function upgrade(climb: Climb, server: Server, talk: Conversation, capabilities: string[]) {
  return climb.rungs.climb("tls", async (): Promise<Held<{ talk: Conversation; capabilities: string[] }>> => {
    const reply = await talk.ask("STARTTLS");
    if (reply.code !== READY) throw await refused(climb, server, capabilities, reply);
    // Whoever sits in between could have put it there, to be taken for the server's word later.
    if (talk.unread) throw new RungFailure({ code: "tls_injection" });
    const secured = await handshake(talk.release(), tlsOf(climb), climb.config.readTimeoutMs).catch((fault: unknown) => {
      throw fault instanceof TlsFault ? new RungFailure(judgeFault(fault, true)) : fault;
    });
    climb.sockets.add(secured);
    const { facts, warning } = await examine(climb, server, secured);
    const after = new Conversation(secured, climb.config.readTimeoutMs);
    const hidden: Found | undefined = offers(capabilities, "STARTTLS") ? undefined : { code: "starttls_stripped" };
    return { value: { talk: after, capabilities: await askCapabilities(after) }, facts, warning: hidden ?? warning };
  });
}

/** Without TLS, as the operator allowed: worth a word, and a button where the server could do better. */
export function stayInClear(climb: Climb, capabilities: string[]): Promise<void> {
  return climb.rungs.climb("tls", async () => {
    const fix = offers(capabilities, "STARTTLS") ? starttlsOn(climb.config.port) : undefined;
    return { value: undefined, warning: { code: "plaintext", ...(fix ? { fix } : {}) } };
  });
}

async function examine(climb: Climb, server: Server, secured: Parameters<typeof judge>[0]) {
  const facts = describeTls(secured);
  const found = judge(secured);
  if (!found) return { facts, warning: expiresSoon(secured) ?? undefined };
  // Nothing was said on it, and nothing will be.
  secured.destroy();
  const fix = found.code === "certificate_wrong_name" ? await findName(climb, server, facts["names"] ?? "") : undefined;
  throw new RungFailure({ ...found, params: { ...found.params, host: climb.config.host }, ...(fix ? { fix } : {}) }, { facts });
}

/** One of the certificate's own names that leads to the very same address. */
async function findName({ config, options, wire, signal }: Climb, { address }: Server, names: string): Promise<Fix | undefined> {
  const candidates = names.split(", ").filter((name) => /^[a-z0-9.-]+\.[a-z]{2,}$/i.test(name));
  for (const name of candidates.slice(0, MOST_NAMES)) {
    const resolution = await wire.resolve(name, config.port, options.reach, { signal });
    if (resolution.ok && resolution.addresses.includes(address)) return { code: "use_host", set: { host: resolution.host } };
  }
  return undefined;
}

async function explain(climb: Climb, server: Server, fault: unknown): Promise<never> {
  if (!(fault instanceof TlsFault)) throw fault;
  const { port } = climb.config;
  if (fault.kind === "too_old") throw new RungFailure(judgeFault(fault, false));
  const found = judgeFault(fault, false);
  const [better, speech] = await Promise.all([withBetter(climb, server, found), listenInClear(server.open, port, probeMs(climb))]);
  if (speech.kind === "other") throw new RungFailure({ ...better, code: speech.problem, params: { port } });
  if (speech.kind !== "smtp") throw new RungFailure(better);
  const mismatch: Found = { ...better, code: "tls_on_plain_port", params: { port } };
  throw new RungFailure(speech.starttls ? { ...mismatch, fix: starttlsOn(port) } : mismatch);
}

function judgeFault(fault: TlsFault, afterStarttls: boolean): Found {
  switch (fault.kind) {
    case "too_old":
      return { code: "tls_too_old" };
    case "timeout":
      return { code: "silent_server" };
    case "lost":
      return { code: "connection_lost" };
    case "failed":
      // Clear text where the handshake should begin did not come from a server that had just agreed to it.
      return afterStarttls && fault.reason.includes("WRONG_VERSION_NUMBER")
        ? { code: "tls_injection" }
        : { code: "tls_failed", params: { code: fault.reason } };
  }
}

async function refused(climb: Climb, server: Server, capabilities: string[], reply: Reply): Promise<RungFailure> {
  const shown = { reply: showReply(reply) };
  const goodbye = judgeGoodbye(reply);
  if (goodbye) return new RungFailure(goodbye, shown);
  const crossedOut = capabilities.some((line) => CROSSED_OUT.test(line.trim()));
  const code = offers(capabilities, "STARTTLS") ? "starttls_refused" : crossedOut ? "starttls_stripped" : "starttls_not_offered";
  return new RungFailure(await withBetter(climb, server, { code, params: { code: reply.code } }), shown);
}
