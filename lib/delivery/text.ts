import { type ClientRequest, type IncomingMessage, request as requestClear } from "node:http";
import { request as requestTls } from "node:https";
import { type Deadline, withDeadline } from "@/lib/delivery/deadline";
import { type DeliveryFailure, type DeliveryResult, printable } from "@/lib/delivery/result";

export type OutgoingText = {
  /** The provider's endpoint; user and password in it become basic authentication. */
  url: string;
  /** E.164. */
  to: string;
  /** For a sender of an institution; the system's provider knows its own. */
  from?: string;
  text: string;
  /** Ours, the same on every attempt, so that a provider can tell a repetition. */
  reference: string;
  signal?: AbortSignal;
  timeoutMs?: number;
  /** PEM of the authority that signed the server's certificate, if it is a private one. */
  ca?: string;
};

const TIMEOUT_MS = 10_000;
const MAX_BODY_BYTES = 8 * 1024;
const REFERENCE_KEYS = ["id", "messageId", "message_id", "sid", "reference"];
const DNS_CODES = new Set(["ENOTFOUND", "EAI_AGAIN", "EAI_FAIL", "EAI_NODATA", "EAI_NONAME"]);
const TLS_CODES = /^(?:EPROTO$|ERR_SSL|ERR_TLS|.*CERT|.*SELF_SIGNED|UNABLE_TO_)/;

/** Hands one text message to the provider. Never throws for what the provider or the network does. */
export function sendText(message: OutgoingText): Promise<DeliveryResult> {
  return withDeadline(message.timeoutMs ?? TIMEOUT_MS, message.signal, (deadline) => attempt(message, deadline));
}

function attempt(message: OutgoingText, deadline: Deadline): Promise<DeliveryResult> {
  return new Promise((resolve) => {
    // One connection each: on a kept one nobody could tell whether the request got out.
    let connected = false;
    const request = open(message, deadline.signal);
    request.on("socket", (socket) => socket.once(request.protocol === "https:" ? "secureConnect" : "connect", () => (connected = true)));
    // After the status the request can still break while the answer is read: its error changes nothing then.
    let answered = false;
    request.on("response", (response) => {
      answered = true;
      void judgeResponse(response).then(resolve);
    });
    request.on("error", (error) => {
      if (!answered) resolve(judgeError(error, connected, deadline.passed()));
    });
    const { to, from, text, reference } = message;
    request.end(JSON.stringify({ to, from, text, reference }));
  });
}

function open(message: OutgoingText, signal: AbortSignal): ClientRequest {
  const url = new URL(message.url);
  const options = {
    method: "POST",
    agent: false as const,
    signal,
    minVersion: "TLSv1.2" as const,
    headers: { "Content-Type": "application/json", Accept: "application/json", "Idempotency-Key": message.reference },
    ...(message.ca === undefined ? {} : { ca: message.ca }),
  };
  if (url.protocol === "https:") return requestTls(url, options);
  if (url.protocol === "http:") return requestClear(url, options);
  throw new TypeError("the text provider's address starts with https:// or http://");
}

async function judgeResponse(response: IncomingMessage): Promise<DeliveryResult> {
  const status = response.statusCode ?? 0;
  if (status < 200 || status > 299) {
    response.destroy();
    return { ...judgeStatus(status), httpStatus: status };
  }
  const providerReference = await readReference(response);
  return providerReference === undefined ? { outcome: "sent" } : { outcome: "sent", providerReference };
}

export function judgeStatus(status: number): DeliveryFailure {
  if (status === 401 || status === 403) return { outcome: "refused", reason: "auth_failed" };
  if (status === 408 || status === 425 || status === 429) return { outcome: "temporary", reason: "temporary" };
  // A redirect is not followed: the text would go where nobody configured it to go.
  if (status < 500) return { outcome: "refused", reason: "rejected" };
  if (status === 500 || status === 503) return { outcome: "temporary", reason: "temporary" };
  // 502, 504: a gateway that does not know what happened behind it.
  return { outcome: "unknown", reason: "unknown_outcome" };
}

function judgeError(error: Error, connected: boolean, late: boolean): DeliveryFailure {
  if (connected) return { outcome: "unknown", reason: "unknown_outcome" };
  if (error.name === "AbortError") return { outcome: "temporary", reason: late ? "timeout" : "temporary" };
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (DNS_CODES.has(code)) return { outcome: "temporary", reason: "dns_failed" };
  if (TLS_CODES.test(code)) return { outcome: "temporary", reason: "tls_failed" };
  return { outcome: "temporary", reason: "connect_failed" };
}

/** The provider's own number for the message, if it says one; the message is sent either way. */
async function readReference(response: IncomingMessage): Promise<string | undefined> {
  try {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of response) {
      size += chunk.length;
      if (size > MAX_BODY_BYTES) return undefined;
      chunks.push(chunk);
    }
    const body: unknown = JSON.parse(Buffer.concat(chunks).toString("utf8"));
    if (typeof body !== "object" || body === null) return undefined;
    const values = REFERENCE_KEYS.map((key) => Reflect.get(body, key));
    const value = values.find((candidate) => typeof candidate === "string" || typeof candidate === "number");
    return value === undefined ? undefined : printable(String(value)) || undefined;
  } catch {
    return undefined;
  }
}
