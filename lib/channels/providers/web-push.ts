import { z } from "zod";
import { parseEmailAddress } from "@/lib/core/email-address";

/** A key pair of an institution with the browsers' push services: there is no account to have, so it is made here. */
export const WEB_PUSH = { id: "web_push", channel: "push", configVersion: 1 } as const;

/** What its integration holds; the private half of the pair stands sealed beside it, as `privateKey`. */
export interface WebPushConfig {
  subject: string;
  publicKey: string;
}

const LONGEST = 512;

/** RFC 8292: whom a push service turns to. Some of them refuse every request whose subject is neither of the two. */
export const pushSubject = z
  .string()
  .trim()
  .max(LONGEST)
  .refine((text) => isMailto(text) || isHttps(text), { params: { reason: "push_subject" } });

function isMailto(text: string): boolean {
  const parsed = text.startsWith("mailto:") ? parseEmailAddress(text.slice("mailto:".length)) : null;
  return parsed?.ok === true && parsed.value.canonical === text.slice("mailto:".length);
}

function isHttps(text: string): boolean {
  const url = text.startsWith("https://") ? URL.parse(text) : null;
  return url !== null && (url.href === text || url.href === `${text}/`) && url.username === "" && url.password === "" && url.hash === "";
}
