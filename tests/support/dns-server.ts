import { createSocket } from "node:dgram";
import { createServer, type Socket } from "node:net";
import packet, { type Answer, type Packet, type Question } from "dns-packet";
import { freePort } from "@/scripts/parts/ports";

/** What stands at a name. `silent` never answers; `broken` says SERVFAIL, to every question or to those of one type. */
export interface Zone {
  a?: string[];
  aaaa?: string[];
  txt?: string[];
  mx?: string[];
  cname?: string;
  silent?: true;
  broken?: true | "A" | "AAAA";
}

export interface TestDns {
  /** As DNS_SERVERS wants it. */
  address: string;
  zones: Map<string, Zone>;
  /** Every name that was asked for, with its type. */
  asked: string[];
  /** Datagrams longer than this are cut, so that the asker comes again over TCP. */
  maxDatagram: number;
  stop(): Promise<void>;
}

const STRING_MAX = 255;
const AUTHORITATIVE_ANSWER = packet.AUTHORITATIVE_ANSWER;

/** A name server of one's own on loopback, over UDP and TCP, that knows what `zones` says and nothing else. */
export async function startDns(at?: number): Promise<TestDns> {
  const port = at ?? (await freePort());
  const zones = new Map<string, Zone>();
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const dns: TestDns = { address: `127.0.0.1:${port}`, zones, asked, maxDatagram: 1232, stop };

  const udp = createSocket("udp4");
  udp.on("message", (message, from) => {
    const reply = answer(packet.decode(message), zones, asked);
    if (reply) {
      const whole = packet.encode(reply);
      const sent =
        whole.length > dns.maxDatagram
          ? packet.encode({ ...reply, answers: [], flags: (reply.flags ?? 0) | packet.TRUNCATED_RESPONSE })
          : whole;
      udp.send(sent, from.port, from.address);
    }
  });
  const tcp = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    let held = Buffer.alloc(0);
    socket.on("data", (chunk) => {
      held = Buffer.concat([held, chunk]);
      while (held.length >= 2 && held.length >= 2 + held.readUInt16BE(0)) {
        const length = 2 + held.readUInt16BE(0);
        const reply = answer(packet.streamDecode(held.subarray(0, length)), zones, asked);
        held = held.subarray(length);
        if (reply) socket.write(packet.streamEncode(reply));
      }
    });
  });
  await new Promise<void>((resolve) => udp.bind(port, "127.0.0.1", resolve));
  await new Promise<void>((resolve) => tcp.listen(port, "127.0.0.1", resolve));
  return dns;

  async function stop(): Promise<void> {
    for (const socket of sockets) socket.destroy();
    await Promise.all([
      new Promise<void>((resolve) => udp.close(() => resolve())),
      new Promise<void>((resolve) => void tcp.close(() => resolve())),
    ]);
  }
}

function answer(query: Packet, zones: ReadonlyMap<string, Zone>, asked: string[]): Packet | null {
  const [question] = query.questions ?? [];
  if (!question) {
    return null;
  }
  const name = question.name.toLowerCase();
  asked.push(`${question.type} ${name}`);
  const zone = zones.get(name);
  if (zone?.silent) {
    return null;
  }
  const known = zone !== undefined || [...zones.keys()].some((other) => other.endsWith(`.${name}`));
  const broken = zone?.broken === true || zone?.broken === question.type;
  const rcode = broken ? 2 : known ? 0 : 3;
  return {
    type: "response",
    ...(query.id === undefined ? {} : { id: query.id }),
    flags: AUTHORITATIVE_ANSWER | rcode,
    questions: [question],
    answers: broken ? [] : answersOf(name, question, zones),
  };
}

function answersOf(name: string, question: Question, zones: ReadonlyMap<string, Zone>): Answer[] {
  const zone = zones.get(name);
  if (!zone) {
    return [];
  }
  if (zone.cname !== undefined) {
    const alias: Answer = { type: "CNAME", name, ttl: 0, data: zone.cname };
    return question.type === "CNAME" ? [alias] : [alias, ...answersOf(zone.cname, question, zones)];
  }
  switch (question.type) {
    case "A":
      return (zone.a ?? []).map((data) => ({ type: "A", name, ttl: 0, data }));
    case "AAAA":
      return (zone.aaaa ?? []).map((data) => ({ type: "AAAA", name, ttl: 0, data }));
    case "TXT":
      return (zone.txt ?? []).map((text) => ({ type: "TXT", name, ttl: 0, data: stringsOf(text) }));
    case "MX":
      return (zone.mx ?? []).map((exchange, index) => ({ type: "MX", name, ttl: 0, data: { preference: 10 * (index + 1), exchange } }));
    default:
      return [];
  }
}

/** A long value stands in DNS as several strings. */
function stringsOf(text: string): string[] {
  const parts: string[] = [];
  for (let at = 0; at < text.length; at += STRING_MAX) parts.push(text.slice(at, at + STRING_MAX));
  return parts.length > 0 ? parts : [""];
}
