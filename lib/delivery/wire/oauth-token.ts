import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import type { Reach, SecretKeeper } from "@/lib/channels/providers/define";
import type { DeliveryFailure } from "@/lib/delivery/result";
import { safeRequest } from "@/lib/delivery/wire/fetch";

export interface OauthSettings {
  tokenUrl: string;
  clientId: string;
  /** "" where the client is a public one. */
  clientSecret: string;
  refreshToken: string;
}

/** `refreshToken`: the one that is good for the next time. */
export type OauthToken = { ok: true; token: string; expiresAt: number; refreshToken: string } | { ok: false; failure: DeliveryFailure };

export interface OauthOptions {
  signal?: AbortSignal | undefined;
  /** PEM of the authority of a token endpoint that is not a public one. */
  ca?: string | undefined;
  /** Of the stored settings, where these are them. */
  keeper?: SecretKeeper | undefined;
}

/** As the settings of a mail server call it. */
const FIELD = "oauthRefreshToken";
// Another process may have had the token replaced, and be about to write down by what.
const LOOK_AGAIN_MS = 500;
// Of several that ask at once one gets it each time.
const LOOKS_MAX = 5;

// Used no longer than this before its end: a token must still hold when the server reads it.
const MARGIN_MS = 60_000;
const SHORTEST_LIFE_S = 120;
const USUAL_LIFE_S = 3_600;
const TIMEOUT_MS = 10_000;

// Printable ASCII without a space: it goes into a line of SMTP.
const answerSchema = z.object({
  access_token: z.string().regex(/^[\x21-\x7e]{1,16384}$/),
  expires_in: z.coerce.number().positive().catch(USUAL_LIFE_S),
  refresh_token: z
    .string()
    .regex(/^[\x20-\x7e]{1,8192}$/)
    .optional()
    .catch(undefined),
});

/**
 * Exchanges a refresh token for an access token (RFC 6749 §6). One that comes with it takes the place of the old one,
 * which may be good for nothing from then on: so it is kept at once, and others find it there.
 */
export async function fetchAccessToken(settings: OauthSettings, reach: Reach, options: OauthOptions = {}): Promise<OauthToken> {
  const { keeper, signal } = options;
  let used = (await keeper?.latest(FIELD)) ?? settings.refreshToken;
  let answer = await exchange({ ...settings, refreshToken: used }, reach, options);
  for (let looks = 0; keeper && looks < LOOKS_MAX && isRefused(answer); looks += 1) {
    await wait(LOOK_AGAIN_MS, undefined, signal ? { signal } : {}).catch(() => undefined);
    const later = await keeper.latest(FIELD);
    if (later === undefined || later === used) {
      break;
    }
    used = later;
    answer = await exchange({ ...settings, refreshToken: used }, reach, options);
  }
  if (answer.ok && answer.refreshToken !== used) {
    await keeper?.replace(FIELD, used, answer.refreshToken);
  }
  return answer;
}

function isRefused(answer: OauthToken): boolean {
  return !answer.ok && answer.failure.outcome === "refused" && answer.failure.reason === "auth_failed";
}

async function exchange(settings: OauthSettings, reach: Reach, options: OauthOptions): Promise<OauthToken> {
  const form = new URLSearchParams({
    grant_type: "refresh_token",
    refresh_token: settings.refreshToken,
    client_id: settings.clientId,
    ...(settings.clientSecret === "" ? {} : { client_secret: settings.clientSecret }),
  });
  const response = await safeRequest(settings.tokenUrl, {
    method: "POST",
    headers: { "Content-Type": "application/x-www-form-urlencoded", Accept: "application/json" },
    body: form.toString(),
    reach,
    timeoutMs: TIMEOUT_MS,
    ...(options.signal && { signal: options.signal }),
    ...(options.ca && { ca: options.ca }),
  });
  // Asking once more does no harm, so it does not matter whether the question got out.
  if (!response.ok) return failed(response.reason === "refused_by_policy" ? "refused" : "temporary", response.reason);
  // 400 and 401 are how a token endpoint says no (RFC 6749 §5.2); anything else may pass.
  if (response.status === 400 || response.status === 401) return failed("refused", "auth_failed");
  const answer = response.status === 200 ? answerSchema.safeParse(parse(response.body)) : undefined;
  if (!answer?.success) return failed("temporary", "auth_failed");
  const life = Math.max(answer.data.expires_in, SHORTEST_LIFE_S) * 1000 - MARGIN_MS;
  const refreshToken = answer.data.refresh_token ?? settings.refreshToken;
  return { ok: true, token: answer.data.access_token, expiresAt: Date.now() + life, refreshToken };
}

function failed(outcome: DeliveryFailure["outcome"], reason: DeliveryFailure["reason"]): OauthToken {
  return { ok: false, failure: { outcome, reason } };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
