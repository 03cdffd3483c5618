import type { z } from "zod";
import type { ApiDescription, DescribedOperation } from "@/lib/http/openapi/describe";
import { type Components, type JsonSchema, toSchema } from "@/lib/http/openapi/schema";

export interface Parameter {
  name: string;
  in: "path" | "query" | "header";
  required: boolean;
  description?: string;
  schema: JsonSchema;
}

export interface ResponseObject {
  description: string;
  headers?: Record<string, { $ref: string }>;
  content?: Record<string, { schema: JsonSchema }>;
}

export interface OperationObject {
  operationId: string;
  tags: string[];
  summary: string;
  parameters: Parameter[];
  requestBody?: { required: true; content: { "application/json": { schema: JsonSchema } } };
  responses: Record<string, ResponseObject | { $ref: string }>;
}

export interface OpenApiDocument {
  openapi: "3.1.0";
  info: { title: string; version: string; description: string };
  servers: Array<{ url: string }>;
  security: Array<Record<string, string[]>>;
  paths: Record<string, Record<string, OperationObject>>;
  components: {
    schemas: Record<string, JsonSchema>;
    responses: Record<string, ResponseObject>;
    headers: typeof HEADERS;
    securitySchemes: Record<string, unknown>;
  };
}

/** The whole of an API in OpenAPI 3.1, out of the schemas that it validates with. */
export function openApiDocument(api: ApiDescription): OpenApiDocument {
  const components: Components = new Map();
  const responses = refusalsOf(api, components);
  // a list before one of it, and that before what is below it
  const inOrder = Object.entries(api.paths).sort(([one], [other]) => (one < other ? -1 : 1));
  const paths = inOrder.map(([pattern, operations]) => {
    const entries = Object.entries(operations).map(([method, operation]) => [
      method.toLowerCase(),
      operationObject(api, { pattern, method, operation, components }),
    ]);
    return [pattern, Object.fromEntries(entries)];
  });
  return {
    openapi: "3.1.0",
    info: { title: api.title, version: "1", description: api.description },
    servers: [{ url: "/" }],
    security: api.security.map((way) => Object.fromEntries(Object.keys(way).map((name) => [name, []]))),
    paths: Object.fromEntries(paths),
    components: {
      schemas: Object.fromEntries(components),
      responses,
      headers: HEADERS,
      securitySchemes: Object.assign({}, ...api.security),
    },
  };
}

interface Place {
  pattern: string;
  method: string;
  operation: DescribedOperation;
  components: Components;
}

function operationObject(api: ApiDescription, place: Place): OperationObject {
  const { pattern, method, operation, components } = place;
  const { summary, query, body } = operation;
  const names = namesOf(api.schemas);
  const schemaOf = (schema: z.ZodType, io: "input" | "output") => toSchema(schema, io, names, components);
  const params = [...pattern.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  return {
    operationId: `${method.toLowerCase()}${pattern.replaceAll(/[^A-Za-z0-9]+/g, "_").replace(/_$/, "")}`,
    tags: [tagOf(pattern)],
    summary,
    parameters: [
      ...params.map((name): Parameter => ({ name, in: "path", required: true, schema: api.param })),
      ...(query ? queryParameters(schemaOf(query, "input")) : []),
      ...Object.entries(headersOf(api, method)).map(
        ([name, description]): Parameter => ({ name, in: "header", required: false, description, schema: { type: "string" } }),
      ),
    ],
    ...(body ? { requestBody: { required: true, content: { "application/json": { schema: schemaOf(body, "input") } } } } : {}),
    responses: responsesOf(api, place, schemaOf),
  };
}

function responsesOf(
  api: ApiDescription,
  { method, operation }: Place,
  schemaOf: (schema: z.ZodType, io: "output") => JsonSchema,
): OperationObject["responses"] {
  const { answers, streamed, body } = operation;
  const replayed = isIdempotent(method) ? REPLAY : {};
  const successes = Object.entries(answers).map(([status, schema]): [string, ResponseObject] => {
    const line = streamed && (streamed.line ? schemaOf(streamed.line, "output") : { type: "string" });
    const content = schema
      ? { "application/json": { schema: schemaOf(schema, "output") } }
      : Object.fromEntries((streamed?.media ?? []).map((media) => [media, { schema: line ?? {} }]));
    const description = streamed?.line ? "One JSON text a line, as they come." : status === "204" ? "Done." : "It went well.";
    return [status, { description, headers: { ...PACE, ...replayed }, ...(Object.keys(content).length > 0 ? { content } : {}) }];
  });
  const refusals = Object.keys(api.errors)
    .filter((status) => body !== undefined || (status !== "413" && status !== "415"))
    .map((status): [string, { $ref: string }] => [status, { $ref: `#/components/responses/${status}` }]);
  return Object.fromEntries([...successes, ...refusals]);
}

/** What every operation may refuse with. */
function refusalsOf({ errors, errorMedia, schemas }: ApiDescription, components: Components): Record<string, ResponseObject> {
  const entries = Object.entries(errors).map(([status, schema]): [string, ResponseObject] => {
    const headers = { ...PACE, ...(status === "429" ? RETRY : {}) };
    const content = { [errorMedia]: { schema: toSchema(schema, "output", namesOf(schemas), components) } };
    return [status, { description: WORDS[status] ?? "Refused.", headers, content }];
  });
  return Object.fromEntries(entries);
}

function namesOf(schemas: ApiDescription["schemas"]): Map<unknown, string> {
  return new Map(Object.entries(schemas).map(([name, schema]) => [schema, name]));
}

function queryParameters({ properties, required }: JsonSchema): Parameter[] {
  const needed = new Set((required ?? []) as string[]);
  return Object.entries((properties ?? {}) as Record<string, JsonSchema>).map(([name, { description, ...schema }]) => ({
    name,
    in: "query",
    required: needed.has(name),
    ...(typeof description === "string" ? { description } : {}),
    schema,
  }));
}

function headersOf({ headers }: ApiDescription, method: string): Record<string, string> {
  return isIdempotent(method) ? { ...headers, "Idempotency-Key": IDEMPOTENCY } : headers;
}

function isIdempotent(method: string): boolean {
  return method === "POST" || method === "PATCH";
}

/** What an operation is about: the first step of its path that is no version and no prefix. */
function tagOf(pattern: string): string {
  const steps = pattern.split("/").filter((step) => step !== "" && !/^(api|web|user|v\d+|notifications|\{.*\})$/.test(step));
  return steps[0] ?? "api";
}

const IDEMPOTENCY =
  "1 to 255 characters. The same request with the same key within 24 hours is done once, and answered with the first one's answer.";

const header = (description: string, type: "integer" | "string") => ({ description, schema: { type } });
const HEADERS = {
  RateLimitLimit: header("Requests that the credential may make within the window.", "integer"),
  RateLimitRemaining: header("How many of them are left.", "integer"),
  RateLimitReset: header("Seconds until all of them are back.", "integer"),
  RetryAfter: header("Seconds to wait.", "integer"),
  IdempotencyReplay: header("`true`: the answer of the first request with this key.", "string"),
};
const ref = (name: keyof typeof HEADERS) => ({ $ref: `#/components/headers/${name}` });
const PACE = {
  "RateLimit-Limit": ref("RateLimitLimit"),
  "RateLimit-Remaining": ref("RateLimitRemaining"),
  "RateLimit-Reset": ref("RateLimitReset"),
};
const RETRY = { "Retry-After": ref("RetryAfter") };
const REPLAY = { "Idempotency-Replay": ref("IdempotencyReplay") };

const WORDS: Record<string, string> = {
  400: "The request cannot be read, or does not fit.",
  401: "The credential is missing or does not do.",
  403: "The credential may not do this.",
  404: "It is not there, or not yours to see.",
  409: "It does not fit what is there already.",
  413: "The body is larger than 64 KiB.",
  415: "The body is not JSON.",
  422: "A value does not fit.",
  429: "Too many requests, or too many attempts.",
  500: "A fault of ours; the request's id names it in the log.",
  502: "A provider did not answer as it should.",
  503: "Something that this needs is not there at the moment.",
};
