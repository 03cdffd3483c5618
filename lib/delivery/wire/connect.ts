import { connect, type Socket } from "node:net";

/** Coarse on purpose: what the kernel says beyond it would describe the network in between (R46). */
export type ConnectFailure = "connection_refused" | "connection_filtered" | "no_route" | "aborted";

export type Connected = { ok: true; socket: Socket; address: string } | { ok: false; reason: ConnectFailure };

export interface ConnectOptions {
  timeoutMs: number;
  signal?: AbortSignal | undefined;
}

// RFC 8305: how long an address may keep the next one waiting.
const HEAD_START_MS = 300;
const NO_ROUTE = new Set(["ENETUNREACH", "EHOSTUNREACH", "EADDRNOTAVAIL", "EAFNOSUPPORT", "ENETDOWN", "EHOSTDOWN"]);
// The failure that tells most comes first: a refusal came from the host itself.
const TELLING: ConnectFailure[] = ["connection_refused", "connection_filtered", "no_route"];

/** Opens a connection to one of some addresses that were checked, in their order; the first that answers wins. */
export function connectTo(addresses: readonly string[], port: number, options: ConnectOptions): Promise<Connected> {
  return new Promise((resolve) => {
    const waiting = [...addresses];
    const open = new Set<Socket>();
    const failures: ConnectFailure[] = [];
    let headStart: NodeJS.Timeout | undefined;

    const end = (result: Connected) => {
      clearTimeout(deadline);
      clearTimeout(headStart);
      options.signal?.removeEventListener("abort", onAbort);
      if (result.ok) open.delete(result.socket);
      for (const socket of open) socket.destroy();
      resolve(result);
    };
    const next = () => {
      clearTimeout(headStart);
      const address = waiting.shift();
      if (address !== undefined) attempt(address);
      else if (open.size === 0) end({ ok: false, reason: TELLING.find((reason) => failures.includes(reason)) ?? "no_route" });
    };
    const attempt = (address: string) => {
      const socket = connect({ host: address, port, noDelay: true, keepAlive: true });
      open.add(socket);
      const onError = (error: NodeJS.ErrnoException) => {
        open.delete(socket);
        failures.push(failureOf(error.code));
        next();
      };
      socket.once("error", onError);
      socket.once("connect", () => {
        socket.off("error", onError);
        end({ ok: true, socket, address });
      });
      headStart = setTimeout(next, HEAD_START_MS);
    };
    const onAbort = () => end({ ok: false, reason: "aborted" });
    const deadline = setTimeout(() => end({ ok: false, reason: "connection_filtered" }), options.timeoutMs);
    options.signal?.addEventListener("abort", onAbort, { once: true });
    if (options.signal?.aborted) onAbort();
    else next();
  });
}

function failureOf(code: string | undefined): ConnectFailure {
  if (code === "ECONNREFUSED" || code === "ECONNRESET") return "connection_refused";
  return NO_ROUTE.has(code ?? "") ? "no_route" : "connection_filtered";
}
