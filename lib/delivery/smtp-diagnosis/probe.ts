import type { Socket } from "node:net";
import type { Fix, Problem } from "@/lib/channels/diagnosis";
import { Conversation, ConversationFault } from "@/lib/delivery/smtp-diagnosis/conversation";
import { EHLO, offers } from "@/lib/delivery/smtp-diagnosis/ehlo";
import { recogniseServer } from "@/lib/delivery/smtp-diagnosis/recognise";
import { handshake, type TlsSettings } from "@/lib/delivery/smtp-diagnosis/tls";

/** Opens one more connection to the same address, on that port. */
export type Open = (port: number) => Promise<Socket>;

export type Speech = { kind: "smtp"; starttls: boolean } | { kind: "other"; problem: Problem } | { kind: "tls" } | { kind: "nothing" };

/** Where mail is usually handed in: with STARTTLS, and with TLS from the start (RFC 8314). */
export interface UsualPorts {
  starttls: number;
  tls: number;
}

export const USUAL_PORTS: UsualPorts = { starttls: 587, tls: 465 };

// A silence, and the answer to having broken it: both within the time of a probe.
const STAGES = 2;
const OK = 250;
const GREETING = 220;

/** What a port speaks in clear. Nothing but EHLO is said. */
export async function listenInClear(open: Open, port: number, timeoutMs: number): Promise<Speech> {
  return visit(open, port, (socket) => listen(new Conversation(socket, timeoutMs / STAGES)));
}

/** What a port speaks inside of TLS, whoever it is. */
export async function listenInTls(open: Open, port: number, tls: TlsSettings, timeoutMs: number): Promise<Speech> {
  return visit(open, port, async (socket) => {
    const secured = await handshake(socket, tls, timeoutMs / STAGES);
    try {
      const inside = await listen(new Conversation(secured, timeoutMs / STAGES));
      return inside.kind === "nothing" ? { kind: "tls" } : inside;
    } finally {
      secured.destroy();
    }
  });
}

/** A setting with which the same server takes mail, if one of the usual two is not what was tried. */
export async function findBetter(
  open: Open,
  tried: { port: number; security: string },
  tls: TlsSettings,
  timeoutMs: number,
  ports: UsualPorts = USUAL_PORTS,
): Promise<Fix | undefined> {
  const nothing: Speech = { kind: "nothing" };
  const [secured, clear] = await Promise.all([
    tried.port === ports.tls && tried.security === "tls" ? nothing : listenInTls(open, ports.tls, tls, timeoutMs),
    tried.port === ports.starttls && tried.security === "starttls" ? nothing : listenInClear(open, ports.starttls, timeoutMs),
  ]);
  if (secured.kind === "smtp") return tlsOn(ports.tls);
  return clear.kind === "smtp" && clear.starttls ? starttlsOn(ports.starttls) : undefined;
}

export function tlsOn(port: number): Fix {
  return { code: "use_tls", set: { security: "tls", port } };
}

export function starttlsOn(port: number): Fix {
  return { code: "use_starttls", set: { security: "starttls", port } };
}

async function visit(open: Open, port: number, look: (socket: Socket) => Promise<Speech>): Promise<Speech> {
  let socket: Socket | undefined;
  try {
    socket = await open(port);
    return await look(socket);
  } catch {
    // Whatever it was: a probe only ever finds something, its failures are not the ladder's.
    return { kind: "nothing" };
  } finally {
    socket?.destroy();
  }
}

async function listen(talk: Conversation): Promise<Speech> {
  try {
    const greeting = await talk.read();
    if (greeting.code !== GREETING) return { kind: "nothing" };
    const answer = await talk.ask(EHLO);
    return { kind: "smtp", starttls: answer.code === OK && offers(answer.lines, "STARTTLS") };
  } catch (error) {
    if (!(error instanceof ConversationFault)) throw error;
    if (error.kind === "silent") return poke(talk);
    return error.kind === "text" ? { kind: "other", problem: recogniseServer(error.heard) } : { kind: "nothing" };
  }
}

/** A web server waits to be spoken to: it answers what it does not understand. */
export async function poke(talk: Conversation, timeoutMs?: number): Promise<Speech> {
  try {
    await (timeoutMs === undefined ? talk.ask(EHLO) : talk.ask(EHLO, timeoutMs));
    return { kind: "nothing" };
  } catch (error) {
    if (!(error instanceof ConversationFault)) throw error;
    const problem = recogniseServer(error.heard);
    return problem === "not_smtp" ? { kind: "nothing" } : { kind: "other", problem };
  }
}
