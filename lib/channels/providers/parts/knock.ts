import { connect } from "node:net";
import { failure, type Outcome, type Rung } from "@/lib/channels/providers/parts/climb";

const DEFAULT_PORTS: Record<string, number> = { "http:": 80, "https:": 443, "smtp:": 25, "smtps:": 465 };

/** Whether the machine's own catcher listens; its address comes from the launcher, not from anybody's form. */
export function knock(address: string): Rung {
  const { hostname, port, protocol } = new URL(address);
  return { id: "tcp", climb: (signal) => open(hostname.replace(/^\[|\]$/g, ""), Number(port || DEFAULT_PORTS[protocol]), signal) };
}

function open(host: string, port: number, signal: AbortSignal): Promise<Outcome> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, signal });
    const end = (outcome: Outcome) => {
      socket.destroy();
      resolve(outcome);
    };
    socket.once("connect", () => end({ result: "ok" }));
    socket.once("error", () => end(failure("connection_refused")));
  });
}
