import { issueSessionToken, sessionCookieName } from "@/lib/auth/session-token";
import { env } from "@/lib/env";
import type { ServedHandler } from "@/tests/support/described";
import { load } from "@/tests/support/site";
import type { Person } from "@/tests/support/two-institutions";

export interface RouteCall {
  file: string;
  method: string;
  as?: Person | undefined;
  params?: Record<string, string> | undefined;
  query?: Record<string, string> | undefined;
  body?: unknown;
  /** Instead of what a browser says on a page of ours. */
  headers?: Record<string, string>;
}

/** What Next does with a request: HEAD is answered by GET, its body left out. */
export async function callRoute(call: RouteCall): Promise<Response> {
  const { file, method, params = {}, query = {} } = call;
  const handler = (await load(file))[method === "HEAD" ? "GET" : method] as ServedHandler | undefined;
  if (!handler) {
    throw new Error(`${file} has no ${method}`);
  }
  const url = new URL(`/${file.replace(/^app\/|\/route\.ts$/g, "")}?${new URLSearchParams(query)}`, env().appOrigin);
  const { body } = call;
  const raw = typeof body === "string" || body === undefined ? body : JSON.stringify(body);
  const request = new Request(url, { method, headers: await headersOf(call), ...(raw === undefined ? {} : { body: raw }) });
  return handler(request, { params: Promise.resolve(params) });
}

async function headersOf({ as, body, headers }: RouteCall): Promise<Headers> {
  const sent = new Headers({
    "accept-language": "en",
    ...(body === undefined ? {} : { "content-type": "application/json" }),
    ...(headers ?? { origin: env().appOrigin, "sec-fetch-site": "same-origin" }),
  });
  if (as) {
    const token = await issueSessionToken({ id: as.actor.sessionId, userId: as.actor.userId });
    sent.set("cookie", `${sessionCookieName()}=${token}`);
  }
  return sent;
}

export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance: string;
  code: string;
  reason?: string;
  request_id: string;
  errors?: Array<{ pointer: string; code: string; detail: string }>;
}

export async function problemOf(response: Response): Promise<Problem> {
  return (await response.json()) as Problem;
}

/** A body without what names the request itself: two that differ in nothing else say the same. */
export async function bodyOf(response: Response): Promise<string> {
  return (await response.text()).replaceAll(/req_[0-9a-f]{16}/g, "req");
}
