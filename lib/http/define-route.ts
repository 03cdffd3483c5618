import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { authenticate } from "@/lib/auth/authenticate";
import { cookieFrom, sessionCookieName } from "@/lib/auth/session-token";
import { AppError, fieldError } from "@/lib/core/errors";
import { isId } from "@/lib/core/ids";
import { logger } from "@/lib/core/logger";
import { isCursor } from "@/lib/core/page";
import { parseInput } from "@/lib/core/parse-input";
import { env } from "@/lib/env";
import { anonymous } from "@/lib/http/anonymous";
import { ASKED_METHOD } from "@/lib/http/asked-method";
import { jsonBody } from "@/lib/http/json-body";
import { native, presentedKey } from "@/lib/http/native";
import { problem } from "@/lib/http/problem";
import { answerProgram, type ProgramOperation } from "@/lib/http/program-route";
import { assertSameOrigin } from "@/lib/http/same-origin";
import { auditExpectedFailure } from "@/lib/services/audit/expected-failure";

type Method = "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
type NextArgs = { params: Promise<Record<string, string | string[] | undefined>> };
/** The operation stands beside its handler, so that what is served and what is described are one thing. */
export type RouteHandler = ((request: Request, args: NextArgs) => Promise<Response>) & { readonly operation: NativeOperation | undefined };
type RouteHandlers = Record<Method, RouteHandler> & { OPTIONS: (request: Request, args: NextArgs) => Promise<Response> };

interface Call<Q> {
  /** Path parameters; each can be one, anything else was answered 404. */
  params: Record<string, string>;
  query: Q;
  /** The parsed JSON body as it came; the verb's own schema judges it. */
  body: unknown;
  request: Request;
}

/** What goes out while it is made: events one JSON text a line, or a file. */
interface Streamed {
  media: readonly string[];
  line?: z.ZodType;
}

/** What it answers: a body, nothing, or a stream. */
type NativeAnswer = z.ZodType | Streamed | null;
type Answered<A extends NativeAnswer> = A extends z.ZodType ? Promise<z.output<A>> : A extends null ? Promise<void> : Promise<Response>;

interface Operation<Q extends z.ZodType, A extends NativeAnswer> {
  /** One line for the API's description. */
  summary: string;
  query?: Q;
  /** What the verb takes, without what stands in the path. The verb itself judges it. */
  body?: z.ZodType;
  answer: A;
  /** Whether a string can be this route's path parameter; one of our ids, unless it says otherwise. */
  isParam?: (value: string) => boolean;
  /** Success status; 200, or 204 when the verb answers nothing. */
  status?: number;
  handle: (ctx: Context, call: Call<z.output<Q>>) => Answered<A>;
}

/** One of the native API's operations, its types aside. */
export interface NativeOperation extends Omit<Operation<z.ZodType, NativeAnswer>, "handle"> {
  handle: (ctx: Context, call: Call<unknown>) => Promise<unknown>;
}

/** Holds the verb to what is said of its answer. */
export function operation<Q extends z.ZodType, A extends NativeAnswer>(definition: Operation<Q, A>): NativeOperation {
  return definition as unknown as NativeOperation;
}

/** The body with the path's ids beside it, where they alone may stand (R60): what a verb takes is one object. */
export function withParams({ params, body }: { params: Record<string, string>; body: unknown }): unknown {
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    return body;
  }
  const twice = Object.keys(params).filter((name) => Object.hasOwn(body, name));
  if (twice.length > 0) {
    throw new AppError("validation", { fields: twice.map((path) => ({ path, code: "unknown" })) });
  }
  return { ...body, ...params };
}

/**
 * The handlers of one route of the native API: same origin for writes (R57), who is it, body and
 * query parsed, one verb, problem+json for what fails (R55), 405 with Allow for the rest (R59).
 */
export function defineRoute(operations: Partial<Record<Method, NativeOperation>>): RouteHandlers {
  const allow = allowOf(Object.keys(operations));
  const handlerFor = (method: Method): RouteHandler => {
    const definition = operations[method];
    return Object.assign((request: Request, args: NextArgs) => answer(request, args, definition, allow), { operation: definition });
  };
  return {
    GET: handlerFor("GET"),
    POST: handlerFor("POST"),
    PATCH: handlerFor("PATCH"),
    PUT: handlerFor("PUT"),
    DELETE: handlerFor("DELETE"),
    // without one of ours Next would name every handler there is, those that answer 405 among them
    OPTIONS: async (request, args) =>
      request.headers.has(ASKED_METHOD) ? answer(request, args, undefined, allow) : new Response(null, { status: 204, headers: { allow } }),
  };
}

/** Next answers HEAD with what GET says. */
function allowOf(methods: string[]): string {
  return [...methods.flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method])), "OPTIONS"].join(", ");
}

async function answer(request: Request, args: NextArgs, definition: NativeOperation | undefined, allow: string): Promise<Response> {
  if (isProgram(request.headers)) {
    return answerProgram({
      dialect: native,
      pattern: await patternOf(request, args),
      operation: definition && asProgramOperation(request.method, definition),
      allow: definition ? null : allow,
      request,
      args,
    });
  }
  let ctx = anonymous(request);
  try {
    if (!definition) {
      return await problem(new AppError("method_not_allowed"), ctx, { allow });
    }
    const writes = request.method !== "GET" && request.method !== "HEAD";
    if (writes && !assertSameOrigin(request.headers, env().appOrigin)) {
      throw new AppError("forbidden", { reason: "crossOrigin" });
    }
    ctx = await contextOf(request);
    const params = await ids(args, definition.isParam ?? isId);
    const url = new URL(request.url);
    const query = definition.query ? parseInput(definition.query, Object.fromEntries(url.searchParams)) : undefined;
    refuseStrayCursor(query);
    const body = writes && request.method !== "DELETE" ? await jsonBody(request) : undefined;
    const result = await definition.handle(ctx, { params, query, body, request });
    if (result instanceof Response) {
      return result;
    }
    return result === undefined ? new Response(null, { status: 204 }) : Response.json(result, { status: definition.status ?? 200 });
  } catch (error) {
    const expected = error instanceof AppError ? error : new AppError("internal", { cause: error });
    if (expected !== error) {
      logger.error({ err: error, requestId: ctx.request.id }, "request failed");
    }
    await auditExpectedFailure(ctx, expected);
    return problem(expected, ctx);
  }
}

/** Whoever sends a key, and whoever sends neither a session nor what browsers send from a page of ours: they are told of keys. */
function isProgram(headers: Headers): boolean {
  const isBrowser = headers.has("sec-fetch-site") || headers.has("origin");
  return presentedKey(headers) !== null || !(isBrowser || cookieFrom(headers.get("cookie"), sessionCookieName()));
}

/** The same operation for a program: with its key, at its pace, and once for an Idempotency-Key. */
function asProgramOperation(method: string, definition: NativeOperation): ProgramOperation {
  const isParam = definition.isParam ?? isId;
  return {
    summary: definition.summary,
    ...(definition.query ? { query: definition.query } : {}),
    ...(method === "GET" || method === "HEAD" || method === "DELETE" ? {} : { body: z.unknown() }),
    answers: {},
    handle: async (ctx, { params, query, body, request }) => {
      if (!Object.values(params).every(isParam)) {
        throw new AppError("not_found");
      }
      refuseStrayCursor(query);
      const result = await definition.handle(ctx, { params, query, body, request });
      if (result instanceof Response) {
        return result;
      }
      return result === undefined ? { status: 204 } : { status: definition.status ?? 200, body: result };
    },
  };
}

/** What is no cursor would begin a list anew, and a program that reads on would never come to its end. */
function refuseStrayCursor(query: unknown): void {
  for (const [name, given] of Object.entries(query ?? {})) {
    if ((name === "after" || name === "before") && given !== "" && !isCursor(given)) {
      throw fieldError(name, "invalid");
    }
  }
}

/** `/api/v1/senders/{senderId}`: what a caller wrote in the path is in no log. */
async function patternOf(request: Request, args: NextArgs): Promise<string> {
  const steps = new URL(request.url).pathname.split("/");
  for (const [name, value] of Object.entries((await args.params) ?? {})) {
    const at = steps.findLastIndex((step) => step === value || decoded(step) === value);
    if (at >= 0) steps[at] = `{${name}}`;
  }
  return steps.join("/");
}

function decoded(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}

/** Who sent a request to a route handler. */
async function contextOf(request: Request): Promise<Context> {
  const ctx = anonymous(request);
  const { actor, preferences } = await authenticate(cookieFrom(request.headers.get("cookie"), sessionCookieName()));
  if (actor.type === "anonymous") {
    throw new AppError("unauthenticated");
  }
  const locale = preferences?.locale ?? ctx.request.locale;
  return { actor, request: { ...ctx.request, locale } };
}

async function ids(args: NextArgs, isParam: (value: string) => boolean): Promise<Record<string, string>> {
  const params: Record<string, string> = {};
  for (const [name, value] of Object.entries((await args.params) ?? {})) {
    if (typeof value !== "string" || !isParam(value)) {
      throw new AppError("not_found");
    }
    params[name] = value;
  }
  return params;
}
