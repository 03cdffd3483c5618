import { z } from "zod";
import type { Reach } from "@/lib/channels/providers/define";
import { readAnswer } from "@/lib/channels/providers/parts/answer";
import { safeRequest } from "@/lib/delivery/wire/fetch";

/** unknown: this provider has no documented way to ask. */
export type TokenVerdict = "ok" | "refused" | "unreachable" | "unknown";

interface Asking {
  reach: Reach;
  slackUrl: string;
  timeoutMs?: number;
}

const TIMEOUT_MS = 8_000;
const MAX_BYTES = 64 * 1024;

/** What Slack says of a token that is not taken; everything else it says passes. */
const SLACK_REFUSALS = new Set([
  "access_denied",
  "account_inactive",
  "invalid_auth",
  "not_allowed_token_type",
  "not_authed",
  "no_permission",
  "org_login_required",
  "token_expired",
  "token_revoked",
  "two_factor_setup_required",
  "ekm_access_denied",
  "enterprise_is_restricted",
]);

const slackAnswer = z.object({ ok: z.boolean(), error: z.string().optional() });

/** Whether there is a documented way to ask a provider what it says of a token. */
export function canCheckToken(provider: string): boolean {
  return provider === "slack" || provider === "novu-slack";
}

/** Whether a provider takes a connection's token, asked where the operator says and nowhere else. */
export async function checkToken(provider: string, accessToken: string, asking: Asking): Promise<TokenVerdict> {
  return canCheckToken(provider) ? askSlack(accessToken, asking) : "unknown";
}

async function askSlack(accessToken: string, { reach, slackUrl, timeoutMs = TIMEOUT_MS }: Asking): Promise<TokenVerdict> {
  const answer = await safeRequest(`${slackUrl}/auth.test`, {
    method: "POST",
    headers: {
      accept: "application/json",
      authorization: `Bearer ${accessToken}`,
      "content-type": "application/x-www-form-urlencoded",
      "content-length": "0",
    },
    reach,
    timeoutMs,
    maxBytes: MAX_BYTES,
  });
  if (!answer.ok) {
    return answer.reason === "rejected" ? "refused" : "unreachable";
  }
  const said = readAnswer(slackAnswer, answer.body);
  if (said?.ok && answer.status === 200) {
    return "ok";
  }
  return answer.status === 401 || (said?.error !== undefined && SLACK_REFUSALS.has(said.error)) ? "refused" : "unreachable";
}
