import { createHash } from "node:crypto";
import type { Actor, Context } from "@/lib/auth/actor";
import { siteverify } from "@/lib/auth/siteverify";
import { addressBucket } from "@/lib/core/address-bucket";
import { AppError } from "@/lib/core/errors";
import { env } from "@/lib/env";
import { enforceLimit } from "@/lib/services/limits/hit";
import { takeSlot } from "@/lib/services/limits/slots";

/** As the widgets are told; a token for one of them is none for another. */
export type HumanAction = "sign_in" | "resend" | "add";

const TOKEN = /^[\x21-\x7e]{1,2048}$/;
/** Longer than any token is good for upstream. */
const REMEMBERED_SEC = 600;

/**
 * R56: where Turnstile is on, a browser's request and a bearer's carry a token that was solved for it; each is good once.
 * Programs with a key of their own have no widget. Asked before the unit of work, for it asks over the network.
 */
export async function requireHuman(ctx: Context, action: HumanAction): Promise<void> {
  const settings = env().turnstile;
  if (settings === null || hasKey(ctx.actor)) {
    return;
  }
  const { ip, turnstileToken: token = "" } = ctx.request;
  if (!TOKEN.test(token) || settings.secretKey === null) {
    throw refused();
  }
  await enforceLimit(`turnstile:${addressBucket(ip ?? "")}`, env().limits.humanChecksPerIp, "humanChecks");
  const isFresh = typeof (await takeSlot(keyOf(token), { max: 1, windowSec: REMEMBERED_SEC })) !== "number";
  if (!isFresh || !(await siteverify(settings, settings.secretKey, { token, action, ip }))) {
    throw refused();
  }
}

function hasKey(actor: Actor): boolean {
  return "credential" in actor && actor.credential !== undefined && actor.credential.kind !== "access_token";
}

function keyOf(token: string): string {
  return `turnstile:token:${createHash("sha256").update(token).digest("base64url")}`;
}

function refused(): AppError {
  return new AppError("forbidden", { reason: "humanCheck" });
}
