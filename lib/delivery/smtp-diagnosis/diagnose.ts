import type { Socket } from "node:net";
import { type DiagnosisEvent, SMTP_STEPS } from "@/lib/channels/diagnosis";
import type { CheckOptions } from "@/lib/channels/providers/define";
import type { SmtpConfig } from "@/lib/channels/providers/smtp-config";
import type { Climb, Wire } from "@/lib/delivery/smtp-diagnosis/climb";
import { Conversation } from "@/lib/delivery/smtp-diagnosis/conversation";
import { RungFailure } from "@/lib/delivery/smtp-diagnosis/found";
import { greet, introduce } from "@/lib/delivery/smtp-diagnosis/greet";
import { handIn, sayGoodbye } from "@/lib/delivery/smtp-diagnosis/hand-in";
import { USUAL_PORTS } from "@/lib/delivery/smtp-diagnosis/probe";
import { reachServer } from "@/lib/delivery/smtp-diagnosis/reach-server";
import { Rungs } from "@/lib/delivery/smtp-diagnosis/rungs";
import { secureAtOnce, stayInClear, upgrade } from "@/lib/delivery/smtp-diagnosis/secure";
import { authenticate } from "@/lib/delivery/smtp-diagnosis/sign-in";
import { connectTo } from "@/lib/delivery/wire/connect";
import { resolveMailHost } from "@/lib/delivery/wire/resolve";

const LONGEST_MS = 120_000;

/** Tells of each rung while it climbs. Ends by its own deadline (R48), always with one result. */
export async function* diagnoseSmtp(config: SmtpConfig, options: CheckOptions, wire: Partial<Wire> = {}): AsyncGenerator<DiagnosisEvent> {
  const events: DiagnosisEvent[] = [];
  let wake: () => void = () => undefined;
  const rungs = new Rungs((event) => {
    events.push(event);
    wake();
  });
  const over = new AbortController();
  const signal = options.signal ? AbortSignal.any([over.signal, options.signal]) : over.signal;
  const sockets = new Set<Socket>();
  const network: Wire = { resolve: resolveMailHost, connect: connectTo, ports: USUAL_PORTS, ...wire };
  const deadline = setTimeout(() => over.abort(), Math.min(config.connectionTimeoutMs + 3 * config.readTimeoutMs, LONGEST_MS));
  let done = false;
  let talk: Conversation | undefined;
  const end = () => {
    rungs.end(SMTP_STEPS, signal.aborted);
    done = true;
    wake();
    // Also where whoever listens has stopped to read, and the end below is never reached.
    if (signal.aborted) hangUp(sockets);
  };
  signal.addEventListener("abort", end, { once: true });
  if (signal.aborted) end();
  else void climb({ config, options, rungs, wire: network, host: config.host, signal, sockets }, (now) => (talk = now)).finally(end);
  try {
    for (;;) {
      while (events.length > 0) yield events.shift() as DiagnosisEvent;
      if (done) break;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    yield { type: "result", result: rungs.result() };
  } finally {
    clearTimeout(deadline);
    signal.removeEventListener("abort", end);
    // The result is told by now: nobody waits for this.
    if (talk && !signal.aborted) await sayGoodbye(talk);
    over.abort();
    hangUp(sockets);
  }
}

function hangUp(sockets: ReadonlySet<Socket>): void {
  for (const socket of sockets) socket.destroy();
}

async function climb(run: Climb, onTalk: (talk: Conversation) => void): Promise<void> {
  const { security, readTimeoutMs } = run.config;
  try {
    const server = await reachServer(run);
    let talk = security === "tls" ? await secureAtOnce(run, server) : new Conversation(server.socket, readTimeoutMs);
    onTalk(talk);
    await greet(run, server, talk);
    let capabilities = await introduce(run, talk);
    if (security === "starttls") ({ talk, capabilities } = await upgrade(run, server, talk, capabilities));
    else if (security === "none") await stayInClear(run, capabilities);
    onTalk(talk);
    await authenticate(run, talk, capabilities);
    await handIn(run, talk, capabilities);
  } catch (error) {
    // Told as a failed rung already.
    if (!(error instanceof RungFailure)) throw error;
  }
}
