import { expect } from "vitest";
import { toBizId } from "@/lib/dialects/slaunchx/ids";
import type { Channel } from "@/lib/dialects/slaunchx/schemas";
import type { makeMember } from "@/tests/support/institution";
import { callProgram } from "@/tests/support/programs";
import { makeAccessToken } from "@/tests/support/tokens";

const BASE = "/web/v1";
const FOLDER = `(dialects)/(slaunchx)${BASE}`;

export interface SlaunchxRequest {
  authorization?: string;
  body?: unknown;
  /** With its question mark. */
  query?: string;
  headers?: Record<string, string>;
  method?: string;
}

/** A request as a client of SlaunchX's sends it: `channels/command/create`, `types/query`. */
export function callSlaunchx(
  what: string,
  { authorization, body = {}, query = "", headers = {}, method = "POST" }: SlaunchxRequest = {},
): Promise<Response> {
  const path = what.replace(/^channels/, "notification-channels").replace(/^types/, "notification-channel-types");
  return callProgram({
    file: `${FOLDER}/${path}/route.ts`,
    method,
    path: `${BASE}/${path}${query}`,
    headers: { ...(authorization ? { authorization } : {}), ...headers },
    ...(method === "GET" || method === "HEAD" ? {} : { body }),
  });
}

export interface Envelope<D> {
  code: string;
  message: string;
  data: D;
  errors?: Array<{ field: string; message: string }>;
}

/** Somebody's client, signed in with a token of theirs. */
export async function slaunchxClient({ actor: { institutionId, userId } }: Awaited<ReturnType<typeof makeMember>>) {
  const { authorization } = await makeAccessToken({ institutionId, userId });
  const send = (what: string, body: unknown = {}, more: Omit<SlaunchxRequest, "body"> = {}) =>
    callSlaunchx(what, { authorization, body, ...more });
  const failed = async (what: string, body: unknown = {}, more: Omit<SlaunchxRequest, "body"> = {}) => {
    const response = await send(what, body, more);
    const { code, message, data, errors } = (await response.json()) as Envelope<null>;
    expect(data).toBeNull();
    return { status: response.status, code, message, ...(errors ? { errors: errors.map(({ field }) => field) } : {}) };
  };
  const done = async <D = Channel>(what: string, body: unknown = {}, more: Omit<SlaunchxRequest, "body"> = {}): Promise<D> => {
    const response = await send(what, body, more);
    const text = await response.text();
    expect(response.status, text).toBe(200);
    const answer = JSON.parse(text) as Envelope<D>;
    expect([answer.code, answer.message]).toEqual(["2000", "SUCCESS"]);
    return answer.data;
  };
  return { authorization, send, failed, done, institutionBizId: toBizId("institution", institutionId) };
}

export type SlaunchxClient = Awaited<ReturnType<typeof slaunchxClient>>;

/** The request of the vendor's own page; `more` and `email` change it. */
export function sample(institutionBizId: string, more: object = {}, email: object = {}) {
  return {
    institutionBizId,
    channelName: "Main Email",
    channelHost: "smtp.example.com",
    channelCategory: "EMAIL",
    emailConfig: {
      smtpHost: "smtp.example.com",
      smtpPort: 587,
      senderEmail: "noreply@example.com",
      senderName: "Acme Corp",
      username: "noreply@example.com",
      password: "a password that nobody guesses",
      ...email,
    },
    ...more,
  };
}
