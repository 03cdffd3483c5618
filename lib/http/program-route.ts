import { createHash } from "node:crypto";
import type { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import type { Access } from "@/lib/auth/scopes";
import { addressBucket } from "@/lib/core/address-bucket";
import { AppError } from "@/lib/core/errors";
import { logger } from "@/lib/core/logger";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution, withLastUnit } from "@/lib/db/unit-of-work";
import { anonymous } from "@/lib/http/anonymous";
import { ASKED_METHOD } from "@/lib/http/asked-method";
import { jsonBody } from "@/lib/http/json-body";
import type { Answer, Dialect } from "@/lib/http/program-answer";
import { corsHeaders, paceHeaders, retryAfter } from "@/lib/http/program-headers";
import { recordApiRequest } from "@/lib/services/api-requests/record";
import { auditExpectedFailure } from "@/lib/services/audit/expected-failure";
import { type Claim, claimKey, releaseKey, type StoredAnswer, storeAnswer } from "@/lib/services/idempotency/claim";
import { lookAtPace, type Pace, takePace } from "@/lib/services/limits/pace";

export type ProgramMethod = "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
type NextArgs = { params: Promise<Record<string, string | string[] | undefined>> };

export interface ProgramCall<B, Q> {
  params: Record<string, string>;
  query: Q;
  body: B;
  request: Request;
}

export interface ProgramOperation<B extends z.ZodType = z.ZodType, Q extends z.ZodType = z.ZodType> {
  /** One line for the API's description. */
  summary: string;
  /** Asked of the credential; by the method, unless it says otherwise. */
  access?: Access;
  /** The body's schema: what it does not name has no effect (R60). Without one, a body is not read. */
  body?: B;
  query?: Q;
  /** What it answers when all is well, by status; null for no body. */
  answers: Record<number, z.ZodType | null>;
  /** A `Response` goes out as it is: a stream, a file. It is not remembered for an Idempotency-Key. */
  handle: (ctx: Context, call: ProgramCall<z.output<B>, z.output<Q>>) => Promise<Answer | Response>;
}

/** Keeps the types of one operation's schemas together. */
export function programOperation<B extends z.ZodType, Q extends z.ZodType>(definition: ProgramOperation<B, Q>): ProgramOperation {
  return definition as unknown as ProgramOperation;
}

/** One path of a dialect; all its routes stand in one table, from which they are served and described. */
export interface ProgramRoute {
  /** The path, its parameters in braces: `/v1/channel-connections/{identifier}`. */
  pattern: string;
  operations: Partial<Record<ProgramMethod, ProgramOperation>>;
}

type Handler = (request: Request, args: NextArgs) => Promise<Response>;
/** Which operation of which API a handler serves: what is served and what is described are one thing. */
interface Served {
  readonly api: Dialect["name"];
  readonly pattern: string;
}
export type ProgramHandlers = Record<ProgramMethod | "OPTIONS", Handler & { readonly served: Served }>;

/**
 * The handlers of one route of a dialect. Each request: who is it, at what pace, what does it say, was it said before
 * (R54), one call of the service layer, and the answer in the dialect's shape, errors and wrong methods too.
 */
export function serveProgram(dialect: Dialect, { pattern, operations }: ProgramRoute): ProgramHandlers {
  const methods = Object.keys(operations) as ProgramMethod[];
  const allow = [...methods.flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method])), "OPTIONS"].join(", ");
  const served = { served: { api: dialect.name, pattern } };
  const handler = Object.assign((request: Request, args: NextArgs) => {
    const operation = operations[(request.method === "HEAD" ? "GET" : request.method) as ProgramMethod];
    return answerProgram({ dialect, pattern, operation, allow: operation ? null : allow, request, args });
  }, served);
  const options = Object.assign(
    (request: Request, args: NextArgs) =>
      request.headers.has(ASKED_METHOD)
        ? answerProgram({ dialect, pattern, operation: undefined, allow, request, args })
        : preflight(dialect, request, { allow }),
    served,
  );
  return { GET: handler, POST: handler, PATCH: handler, PUT: handler, DELETE: handler, OPTIONS: options };
}

/** The handlers of every path under a dialect that it does not know. */
export function unknownProgramPath(dialect: Dialect): ProgramHandlers {
  const handler = Object.assign(
    (request: Request, args: NextArgs) => answerProgram({ dialect, pattern: "unknown", operation: undefined, allow: null, request, args }),
    { served: { api: dialect.name, pattern: "unknown" } },
  );
  // a page of another origin reads no 404 whose preflight was one
  const { cors } = dialect;
  const options = Object.assign(
    (request: Request, args: NextArgs) =>
      cors && !request.headers.has(ASKED_METHOD) ? preflight(dialect, request) : handler(request, args),
    { served: handler.served },
  );
  return { GET: handler, POST: handler, PATCH: handler, PUT: handler, DELETE: handler, OPTIONS: options };
}

/** Says where its network stands and counts for nothing (R59): a refused one could not tell its page why. */
async function preflight(dialect: Dialect, request: Request, headers: Record<string, string> = {}): Promise<Response> {
  const pace = lookAtPace(anonymousKey(anonymous(request)));
  return new Response(null, { status: 204, headers: { ...headers, ...paceHeaders(pace), ...corsHeaders(dialect, true) } });
}

interface Asked {
  dialect: Dialect;
  pattern: string;
  operation: ProgramOperation | undefined;
  /** The methods that are there, where this one is not. */
  allow: string | null;
  request: Request;
  args: NextArgs;
}

/** One request of a program, from its headers to its line in the request log. */
export async function answerProgram(asked: Asked): Promise<Response> {
  const { dialect, request } = asked;
  const started = performance.now();
  const state: State = { ctx: anonymous(request), pace: null, error: null, kept: null };
  let answer: StoredAnswer | Response;
  try {
    answer = await run(asked, state);
  } catch (cause) {
    const error = cause instanceof AppError ? cause : new AppError("internal", { cause });
    if (error !== cause) {
      logger.error({ err: cause, requestId: state.ctx.request.id }, "request failed");
    }
    state.error = error;
    if (!state.pace?.again) await auditExpectedFailure(state.ctx, error);
    answer = state.kept ?? serialize(await dialect.describe(error, { ctx: state.ctx, request }));
    answer.headers = {
      ...retryAfter(error),
      ...answer.headers,
      ...(error.code === "method_not_allowed" && asked.allow ? { allow: asked.allow } : {}),
    };
  }
  if (!state.pace?.again) log(asked, state, answer.status, performance.now() - started);
  const headers = { ...(state.pace ? paceHeaders(state.pace) : {}), ...corsHeaders(dialect) };
  if (answer instanceof Response) {
    for (const [name, value] of Object.entries(headers)) answer.headers.set(name, value);
    return answer;
  }
  return new Response(answer.body, { status: answer.status, headers: { ...answer.headers, ...headers } });
}

interface State {
  ctx: Context;
  pace: Pace | null;
  error: AppError | null;
  /** A refusal as it was kept for an Idempotency-Key: the first is told the same, to the millisecond. */
  kept: StoredAnswer | null;
}

async function run(asked: Asked, state: State): Promise<StoredAnswer | Response> {
  const { dialect, operation, request, args } = asked;
  if (!operation) {
    await keepPace(state, anonymousKey(state.ctx));
    throw new AppError(asked.allow === null ? "not_found" : "method_not_allowed");
  }
  state.ctx = await identify(dialect, operation, state, request);
  const { caller, institutionId } = callerOf(state.ctx);
  await keepPace(state, `credential:${caller}`);
  const params = textParams(await args.params);
  const query = operation.query ? parseInput(operation.query, queryOf(request)) : undefined;
  const raw = operation.body ? await jsonBody(request) : undefined;
  const work = async () => {
    const body = operation.body ? parseInput(operation.body, raw) : undefined;
    const answer = await operation.handle(state.ctx, { params, query, body, request });
    return answer instanceof Response ? answer : serialize(answer);
  };
  const key = isIdempotent(request.method) ? request.headers.get("idempotency-key") : null;
  if (key === null) {
    return work();
  }
  const route = `${request.method} ${new URL(request.url).pathname}`;
  // whose role is another since is another: what was answered is theirs no more
  const actor = "role" in state.ctx.actor ? `${caller}:${state.ctx.actor.role}` : caller;
  const claimed = await claimKey({ institutionId, actor, route, key, body: operation.query ? [raw, query] : raw });
  return "status" in claimed
    ? { ...claimed, headers: { ...claimed.headers, "idempotency-replay": "true" } }
    : once(claimed, asked, state, work);
}

/** Does the work for the first request with a key, and keeps its answer (R54). */
async function once(claim: Claim, { dialect, request }: Asked, state: State, work: () => Promise<StoredAnswer | Response>) {
  try {
    const answer = await withLastUnit(claim.institutionId, work, async (tx, done) => {
      if (!(done instanceof Response)) await storeAnswer(tx, claim, done);
    });
    if (answer instanceof Response) await releaseKey(claim);
    return answer;
  } catch (error) {
    if (error instanceof AppError && isKept(error)) {
      const answer = serialize(await dialect.describe(error, { ctx: state.ctx, request }));
      await inInstitution(claim.institutionId, (tx) => storeAnswer(tx, claim, answer));
      state.kept = answer;
    } else {
      await releaseKey(claim);
    }
    throw error;
  }
}

/** What a refusal found out stays true for a retry; what the caller can mend, or time, is asked anew. */
function isKept({ code }: AppError): boolean {
  return code === "not_found" || code === "conflict" || code === "precondition_failed";
}

async function identify(dialect: Dialect, operation: ProgramOperation, state: State, request: Request): Promise<Context> {
  const access = operation.access ?? (request.method === "GET" || request.method === "HEAD" ? "read" : "write");
  try {
    return await dialect.authenticate(request, state.ctx, access);
  } catch (error) {
    await keepPace(state, anonymousKey(state.ctx));
    throw error;
  }
}

/** Whose pace and whose Idempotency-Keys these are: a credential's; with a public key, which all users share, the user's. */
function callerOf({ actor }: Context): { caller: string; institutionId: string } {
  if (!("institutionId" in actor) || !actor.credential) {
    throw new AppError("unauthenticated");
  }
  const { institutionId, credential } = actor;
  const user = actor.type === "subscriber" ? `:${createHash("sha256").update(actor.externalId).digest("base64url")}` : "";
  return { caller: `${credential.id}${user}`, institutionId };
}

/** Guesses at credentials, and paths that are not there, are counted by where they come from. */
function anonymousKey(ctx: Context): string {
  return `network:${addressBucket(ctx.request.ip ?? "")}`;
}

async function keepPace(state: State, key: string): Promise<void> {
  state.pace = await takePace(key);
  if (!state.pace.allowed) {
    throw new AppError("rate_limited", { reason: "requests", retryAfterSec: state.pace.retryAfterSec });
  }
}

function isIdempotent(method: string): boolean {
  return method === "POST" || method === "PATCH";
}

function textParams(given: Record<string, string | string[] | undefined> | undefined): Record<string, string> {
  const entries = Object.entries(given ?? {});
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}

/** A parameter that comes several times is a list. */
function queryOf(request: Request): Record<string, string | string[]> {
  const given = Map.groupBy(new URL(request.url).searchParams, ([name]) => name);
  return Object.fromEntries([...given].map(([name, pairs]) => [name, oneOrAll(pairs.map(([, value]) => value))]));
}

function oneOrAll(values: string[]): string | string[] {
  return values.length === 1 ? (values[0] ?? "") : values;
}

function serialize({ status, body, headers }: Answer): StoredAnswer {
  return body === undefined
    ? { status, body: null, headers: { ...headers } }
    : { status, body: JSON.stringify(body), headers: { "content-type": "application/json", ...headers } };
}

function log({ dialect, pattern, request }: Asked, { ctx, error }: State, status: number, ms: number): void {
  if (!("institutionId" in ctx.actor) || !ctx.actor.credential) {
    return;
  }
  const { institutionId, credential } = ctx.actor;
  recordApiRequest({
    institutionId,
    credentialId: credential.id,
    kind: credential.kind,
    signingKeyId: credential.signingKeyId ?? null,
    at: new Date(),
    dialect: dialect.name,
    method: request.method,
    route: pattern,
    status,
    ms: Math.round(ms),
    requestId: ctx.request.id,
    error: error && (error.reason ? `${error.code}: ${error.reason}` : error.code),
  });
}
