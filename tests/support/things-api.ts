import { beforeEach } from "vitest";
import { z } from "zod";
import { withSecretKey } from "@/lib/auth/credentials/actor-of-key";
import { requirePermission } from "@/lib/auth/permissions";
import { AppError, ERROR_CODES } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { inInstitution } from "@/lib/db/unit-of-work";
import { env } from "@/lib/env";
import type { Dialect } from "@/lib/http/program-answer";
import { type ProgramRoute, programOperation, serveProgram } from "@/lib/http/program-route";
import { hit } from "@/lib/services/limits/hit";
import { makeInstitution } from "@/tests/support/institution";
import { asAdmin } from "@/tests/support/outbox";
import { makeKey } from "@/tests/support/programs";

/** An API of nobody's, for what the pipeline does for all of them. */
export const dialect: Dialect = {
  name: "native",
  authenticate: (request, ctx, access) => withSecretKey(ctx, request.headers.get("x-api-key"), access),
  describe: async ({ code, reason }) => ({ status: ERROR_CODES[code].status, body: { code, reason } }),
};

const Body = z.object({ name: z.string().min(1).max(100), then: z.enum(["stop", "refuse", "break", "count"]).optional() });
const counterKey = `test:${newId()}`;

/** Writes one row in a unit of work, as a verb does, and then goes on as it is told to. */
const route: ProgramRoute = {
  pattern: "/things/{id}",
  operations: {
    PATCH: programOperation({
      summary: "Changes nothing",
      body: Body,
      answers: { 200: z.object({}) },
      handle: async () => ({ status: 200, body: {} }),
    }),
    GET: programOperation({ summary: "Reads", answers: { 200: z.object({}) }, handle: async () => ({ status: 200, body: {} }) }),
    POST: programOperation({
      summary: "Writes",
      body: Body,
      answers: { 201: z.object({ key: z.string() }) },
      handle: async (ctx, { body: { name, then } }) => {
        const { institutionId } = requirePermission(ctx, "connection:write");
        if (then === "stop") throw new AppError("validation", { fields: [{ path: "name", code: "invalid" }] });
        const key = `thing:${name}`;
        const rows = await inInstitution(
          institutionId,
          (tx) =>
            tx.$queryRaw<
              object[]
            >`INSERT INTO context (institution_id, key) VALUES (${institutionId}::uuid, ${key}) ON CONFLICT DO NOTHING RETURNING key`,
        );
        if (rows.length === 0) throw new AppError("conflict");
        if (then === "refuse") throw new AppError("conflict", { reason: "later" });
        if (then === "break") throw new Error("a bug");
        if (then === "count") await hit(counterKey, { max: 1000, windowSec: 60 });
        return { status: 201, body: { key }, headers: { location: `/things/${name}` } };
      },
    }),
  },
};
const handlers = serveProgram(dialect, route);

export interface Sent {
  method?: "GET" | "POST" | "PATCH" | "PUT" | "OPTIONS";
  body?: unknown;
  headers?: Record<string, string>;
  id?: string;
}

export interface ThingsApi {
  institutionId: string;
  key: string;
  keyId: string;
  send: (sent?: Sent) => Promise<Response>;
  /** What was made. */
  things: () => Promise<Array<{ key: string }>>;
  /** The claims of Idempotency-Keys that there are. */
  kept: () => Promise<Array<{ state: string }>>;
}

/** Before each test of a file another institution, with a key. */
export function thingsApi(): ThingsApi {
  const send = ({ method = "POST", body, headers = {}, id = "1" }: Sent = {}): Promise<Response> => {
    const raw = body === undefined ? null : typeof body === "string" ? body : JSON.stringify(body);
    const request = new Request(`http://localhost:3000/things/${id}`, {
      method,
      headers: {
        "x-api-key": api.key,
        "x-forwarded-for": "192.0.2.9",
        ...(raw === null ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      body: raw,
    });
    return handlers[method](request, { params: Promise.resolve({ id }) });
  };
  const api: ThingsApi = {
    institutionId: "",
    key: "",
    keyId: "",
    send,
    things: () => asAdmin<{ key: string }>("SELECT key FROM context WHERE institution_id = $1 ORDER BY 1", [api.institutionId]),
    kept: () => asAdmin<{ state: string }>("SELECT state FROM idempotency WHERE institution_id = $1", [api.institutionId]),
  };
  beforeEach(async () => {
    env().limits.requestsPerCredential = { perMinute: 100_000, burst: 10_000 };
    const institutionId = await makeInstitution();
    const { key, id: keyId } = await makeKey(institutionId);
    Object.assign(api, { institutionId, key, keyId });
  });
  return api;
}

export const withKey = (name: string) => ({ "idempotency-key": name });
