import { type ClientRequest, type IncomingMessage, request as requestClear } from "node:http";
import { request as requestTls } from "node:https";
import { isIP, type Socket } from "node:net";
import { connect as connectTls, getCACertificates, type SecureContextOptions } from "node:tls";
import type { Reach } from "@/lib/channels/providers/define";
import { type Deadline, withDeadline } from "@/lib/delivery/deadline";
import type { DeliveryReason } from "@/lib/delivery/result";
import { isOpened } from "@/lib/delivery/wire/address-policy";
import { connectTo } from "@/lib/delivery/wire/connect";
import { deliveryReason, type Lookup, resolveWebHost } from "@/lib/delivery/wire/resolve";

export interface SafeRequestInit {
  method: string;
  headers?: Readonly<Record<string, string>>;
  body?: string;
  reach: Reach;
  /** For the whole of it, 10 s. */
  timeoutMs?: number;
  /** What comes beyond is left unread, 256 KiB. */
  maxBytes?: number;
  signal?: AbortSignal;
  /** PEM of an authority that is trusted beside the public ones. */
  ca?: string;
  /** Asked in place of DNS. */
  lookup?: Lookup;
}

export type SafeResponse =
  /** whole: nothing was cut off and the connection held to the end; the status stands either way. */
  | { ok: true; status: number; headers: Headers; body: string; whole: boolean }
  /** sent: the request may have got out, so nobody knows what came of it (R70). */
  | { ok: false; reason: DeliveryReason; sent: boolean };

const TIMEOUT_MS = 10_000;
const MAX_BYTES = 256 * 1024;
const HTTPS_PORT = 443;
const HTTP_PORT = 80;
const TLS_CODES = /^(?:EPROTO$|ERR_SSL|ERR_TLS|.*CERT|.*SELF_SIGNED|UNABLE_TO_)/;

/**
 * One request to a provider's API: to an address that was checked (R46), over TLS unless the operator opened the network,
 * no redirect followed. Never throws for what the provider or the network does.
 */
export async function safeRequest(address: string, init: SafeRequestInit): Promise<SafeResponse> {
  const url = readUrl(address);
  if (url === null) return { ok: false, reason: "refused_by_policy", sent: false };
  return withDeadline(init.timeoutMs ?? TIMEOUT_MS, init.signal, (deadline) => attempt(url, init, deadline));
}

/** null: nothing that may be asked. A number that only some programs read as an address is no host (R46). */
function readUrl(address: string): URL | null {
  const url = URL.parse(address);
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== "" || url.password !== "") return null;
  const literal = isIP(url.hostname.replace(/^\[|\]$/g, "")) !== 0;
  const asWritten = address.toLowerCase().startsWith(`${url.protocol}//${url.hostname}`);
  return literal && !asWritten ? null : url;
}

async function attempt(url: URL, init: SafeRequestInit, deadline: Deadline): Promise<SafeResponse> {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const secure = url.protocol === "https:";
  const port = url.port === "" ? (secure ? HTTPS_PORT : HTTP_PORT) : Number(url.port);
  const { signal } = deadline;
  const resolution = await resolveWebHost(host, port, init.reach, { signal, lookup: init.lookup });
  if (!resolution.ok) return unsent(signal.aborted ? lateness(deadline) : deliveryReason(resolution.reason));
  const inside = resolution.addresses.every((one) => isOpened(one, init.reach.allowCidrs));
  if (!secure && !inside) return unsent("refused_by_policy");
  const connected = await connectTo(resolution.addresses, port, { timeoutMs: init.timeoutMs ?? TIMEOUT_MS, signal });
  if (!connected.ok) return unsent(signal.aborted ? lateness(deadline) : "connect_failed");
  return exchange(connected.socket, { url, host, secure }, init, deadline);
}

function unsent(reason: DeliveryReason): SafeResponse {
  return { ok: false, reason, sent: false };
}

function lateness(deadline: Deadline): DeliveryReason {
  return deadline.passed() ? "timeout" : "temporary";
}

type Target = { url: URL; host: string; secure: boolean };

function exchange(socket: Socket, target: Target, init: SafeRequestInit, deadline: Deadline): Promise<SafeResponse> {
  return new Promise((resolve) => {
    let sent = !target.secure;
    let answered = false;
    let request: ClientRequest;
    const fail = (error: Error) => {
      socket.destroy();
      if (!answered) resolve({ ok: false, reason: reasonOf(error, deadline), sent });
    };
    try {
      request = open(socket, target, init, deadline.signal, () => (sent = true));
    } catch {
      // A header that HTTP cannot carry.
      socket.destroy();
      return resolve(unsent("rejected"));
    }
    request.on("response", (response) => {
      answered = true;
      void read(response, init.maxBytes ?? MAX_BYTES).then(({ body, whole }) => {
        socket.destroy();
        resolve({ ok: true, status: response.statusCode ?? 0, headers: headersOf(response), body, whole });
      });
    });
    request.on("error", fail);
    request.end(init.body);
  });
}

function open(
  socket: Socket,
  { url, host, secure }: Target,
  init: SafeRequestInit,
  signal: AbortSignal,
  onSecure: () => void,
): ClientRequest {
  const options = { method: init.method, headers: { ...init.headers }, signal };
  if (!secure) return requestClear(url, { ...options, createConnection: () => socket });
  const trust: SecureContextOptions = { minVersion: "TLSv1.2", ...(init.ca ? { ca: [...getCACertificates("default"), init.ca] } : {}) };
  const name = isIP(host) === 0 ? { servername: host } : { host };
  return requestTls(url, {
    ...options,
    createConnection: () => connectTls({ socket, ...name, ...trust, ALPNProtocols: ["http/1.1"] }, onSecure),
  });
}

function reasonOf(error: Error, deadline: Deadline): DeliveryReason {
  if (deadline.signal.aborted) return lateness(deadline);
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return TLS_CODES.test(code) ? "tls_failed" : "connect_failed";
}

async function read(response: IncomingMessage, maxBytes: number): Promise<{ body: string; whole: boolean }> {
  const chunks: Buffer[] = [];
  let size = 0;
  let whole = true;
  try {
    for await (const chunk of response) {
      chunks.push((chunk as Buffer).subarray(0, maxBytes - size));
      size += (chunk as Buffer).length;
      if (size > maxBytes) {
        whole = false;
        break;
      }
    }
  } catch {
    whole = false;
  }
  return { body: Buffer.concat(chunks).toString("utf8"), whole };
}

function headersOf(response: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, values] of Object.entries(response.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value);
  }
  return headers;
}
