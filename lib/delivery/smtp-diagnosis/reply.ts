import { maskEmail } from "@/lib/core/email-address";
import { printable } from "@/lib/delivery/result";
import { hideSecrets } from "@/lib/delivery/smtp-secrets";

export interface Reply {
  code: number;
  /** Of every line, without its code. */
  lines: string[];
}

const LINE = /^(\d{3})(?:([ -])(.*))?$/;
// Far more than is shown or judged; bounds the work on hostile text.
const LONGEST_TEXT = 2000;
const ADDRESS = /[^\s<>"'(),;:]+@[^\s<>"'(),;:]+/gu;

export interface ReplyLine {
  code: number;
  text: string;
  last: boolean;
}

/** One line of a reply, or null where it is none. */
export function readLine(line: string): ReplyLine | null {
  const match = LINE.exec(line);
  if (!match) return null;
  return { code: Number(match[1]), text: match[3] ?? "", last: match[2] !== "-" };
}

export function textOf(reply: Reply): string {
  return bounded(reply.lines.join(" "));
}

/** 5.7.8 and the like (RFC 3463), or "". */
export function enhancedCode(reply: Reply): string {
  return /^\s*([245]\.\d{1,3}\.\d{1,3})\b/.exec(reply.lines[0] ?? "")?.[1] ?? "";
}

export function isTemporary(reply: Reply): boolean {
  return reply.code >= 400 && reply.code < 500;
}

/** A reply as people may see it: printable, short, without addresses and without what was sent to sign in (R47). */
export function showReply(reply: Reply, secrets?: readonly string[]): string {
  return clean(`${reply.code} ${textOf(reply)}`, secrets);
}

export function clean(text: string, secrets?: readonly string[]): string {
  const shown = secrets ? hideSecrets(bounded(text), secrets) : bounded(text);
  return printable(shown.replace(ADDRESS, (address) => maskEmail(address)));
}

/** Cut between words: half an address, or half a password, would not be known for what it is. */
function bounded(text: string): string {
  return text.length > LONGEST_TEXT ? text.slice(0, LONGEST_TEXT).replace(/\S*$/, "") : text;
}
