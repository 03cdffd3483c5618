import { callProgram } from "@/tests/support/programs";

const BASE = "/notifications/api/v1/notifications/channels";
const FOLDER = `(dialects)/(closient)${BASE}`;

export interface ClosientChannel {
  id: string;
  channel_type: string;
  label: string;
  verified: boolean;
  enabled: boolean;
}

export interface ClosientRequest {
  key?: string;
  id?: string;
  step?: "verify" | "confirm";
  body?: unknown;
  headers?: Record<string, string>;
}

/** A request as a client of Closient's sends it. */
export function callClosient(method: string, { key, id, step, body, headers = {} }: ClosientRequest): Promise<Response> {
  return callProgram({
    file: `${FOLDER}${id ? "/[id]" : ""}${step ? `/${step}` : ""}/route.ts`,
    method,
    path: `${BASE}${id ? `/${id}` : ""}${step ? `/${step}` : ""}`,
    params: id ? { id } : {},
    headers: { ...(key ? { "x-api-key": key } : {}), ...headers },
    body,
  });
}
