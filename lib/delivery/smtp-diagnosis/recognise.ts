import type { Problem } from "@/lib/channels/diagnosis";
import type { ConversationFault } from "@/lib/delivery/smtp-diagnosis/conversation";
import type { Found } from "@/lib/delivery/smtp-diagnosis/found";
import { isTemporary, type Reply, textOf } from "@/lib/delivery/smtp-diagnosis/reply";

const OTHER_SERVERS: ReadonlyArray<readonly [RegExp, Problem]> = [
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a TLS record begins with control characters.
  [/^[\x15\x16]\x03[\0-\x04]/, "plain_on_tls_port"],
  [/^HTTP\/\d|^<(?:!doctype|html)/i, "not_smtp_http"],
  [/^(?:\+OK|-ERR)/, "not_smtp_pop3"],
  [/^\* (?:OK|BYE|PREAUTH)|^\S{1,16} BAD /, "not_smtp_imap"],
];
const TOO_MANY =
  /too many (?:concurrent |open |simultaneous )?(?:smtp )?(?:connections|sessions)|connection (?:rate )?limit|concurrent connections|max(?:imum)? (?:number of )?connections/i;
const CLOSING = 421;

/** What sort of server begins like that; "not_smtp" for one that nobody knows. */
export function recogniseServer(heard: string): Problem {
  return OTHER_SERVERS.find(([pattern]) => pattern.test(heard))?.[1] ?? "not_smtp";
}

/** A reply that never came, at whatever rung. */
export function judgeFault(fault: ConversationFault): Found {
  switch (fault.kind) {
    case "silent":
      return { code: "silent_server" };
    case "slow":
      return { code: "slow_server" };
    case "endless":
      return { code: "endless_line" };
    case "text":
      return { code: recogniseServer(fault.heard) };
    default:
      return { code: recogniseServer(fault.heard) === "plain_on_tls_port" ? "plain_on_tls_port" : "connection_lost" };
  }
}

/** A greeting other than 220; the server's words stay its own, only the code is told (R47). */
export function judgeGreeting(reply: Reply): Found {
  const params = { code: reply.code };
  if (TOO_MANY.test(textOf(reply))) return { code: "too_many_connections", params };
  if (reply.code === CLOSING) return { code: "shutting_down", params };
  if (reply.code >= 400 && reply.code < 500) return { code: "temporary", params };
  return reply.code >= 500 ? { code: "banner_rejected", params } : { code: "not_smtp" };
}

/** 421 may come in place of any answer: the server says goodbye. */
export function judgeGoodbye(reply: Reply): Found | null {
  const params = { code: reply.code };
  if (isTemporary(reply) && TOO_MANY.test(textOf(reply))) return { code: "too_many_connections", params };
  return reply.code === CLOSING ? { code: "shutting_down", params } : null;
}
