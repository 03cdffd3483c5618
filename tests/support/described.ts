import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import type { NativeOperation } from "@/lib/http/define-route";
import { type ApiDescription, nativePath } from "@/lib/http/openapi/describe";
import { type OpenApiDocument, openApiDocument, type ResponseObject } from "@/lib/http/openapi/document";
import { nativeDescription } from "@/lib/http/openapi/native";
import type { DialectName } from "@/lib/http/program-answer";

/** A handler as routes export it, with what it serves: that is what its answers are held against. */
export interface ServedHandler {
  (request: Request, args: { params: Promise<Record<string, string>> }): Promise<Response>;
  operation?: NativeOperation | undefined;
  served?: { api: DialectName; pattern: string };
}

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const ajv = new Ajv2020({ strict: false, allErrors: true, formats: { "date-time": ISO, uuid: UUID } });

/** A route's handlers, each of whose answers is held against its API's document. */
export function watched<T extends Record<string, ServedHandler>>(file: string, handlers: T): T {
  const entries = Object.entries(handlers).map(([name, handler]) => {
    const watching: ServedHandler = async (request, args) => {
      const response = await handler(request, args);
      return expectDescribed(handler, { method: request.method, file }, response);
    };
    return [name, Object.assign(watching, { operation: handler.operation, served: handler.served })];
  });
  return Object.fromEntries(entries) as T;
}

/**
 * Fails the test that made the request when its answer is not as the API's document says: a status, a media type or a
 * body that is not there, and a line that does not fit once it is read. What no API describes passes.
 */
export async function expectDescribed(
  handler: ServedHandler,
  { method, file }: { method: string; file: string },
  response: Response,
): Promise<Response> {
  const api = await apiOf(handler, file);
  if (!api || method === "HEAD" || method === "OPTIONS") {
    return response;
  }
  const document = documentOf(api);
  const operation = document.paths[Object.keys(api.paths)[0] ?? ""]?.[method.toLowerCase()];
  const described = operation?.responses[response.status];
  const where = `${method} ${file} ${response.status}`;
  if (!operation && ![404, 405, 401, 429].includes(response.status)) {
    throw new Error(`${where}: no document knows this operation`);
  }
  if (operation && !described) {
    throw new Error(`${where}: the document does not know this status`);
  }
  const refusal = document.components.responses[404];
  return expectFitting(document, (described ? resolve(document, described) : refusal) as ResponseObject, response, where);
}

async function expectFitting(document: OpenApiDocument, { content }: ResponseObject, response: Response, where: string): Promise<Response> {
  const media = response.headers.get("content-type");
  if (!content) {
    if (media !== null || (await response.clone().text()) !== "") {
      throw new Error(`${where}: a body where the document has none`);
    }
    return response;
  }
  // a charset says nothing about the shape
  const found = Object.entries(content).find(([name]) => media?.split(";")[0] === name);
  if (!found) {
    throw new Error(`${where}: ${media} where the document has ${Object.keys(content).join(", ")}`);
  }
  const validate = validatorOf(document, found[1].schema);
  const check = (text: string) => {
    const body: unknown = JSON.parse(text);
    if (!validate(body)) {
      throw new Error(`${where}: ${ajv.errorsText(validate.errors)} in ${text}`);
    }
  };
  if (/[/+](?:x-)?ndjson$/.test(found[0])) {
    return withLines(response, check);
  }
  if (/[/+]json$/.test(found[0])) {
    check(await response.clone().text());
  }
  return response;
}

/** The same answer, each of whose lines is checked as it is read, and no sooner. */
function withLines(response: Response, check: (line: string) => void): Response {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let begun = "";
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done = true, value } = (await reader?.read()) ?? {};
        const lines = (begun + decoder.decode(value, { stream: !done })).split("\n");
        begun = done ? "" : (lines.pop() ?? "");
        for (const line of lines.filter((each) => each !== "")) check(line);
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: (reason) => reader?.cancel(reason),
    },
    { highWaterMark: 0 },
  );
  return new Response(body, response);
}

const validators = new WeakMap<object, ValidateFunction>();

/** Whether a value fits one of a document's schemas. */
export function validatorOf(document: OpenApiDocument, schema: Record<string, unknown>): ValidateFunction {
  const known = validators.get(schema);
  if (known) {
    return known;
  }
  const made = ajv.compile({ ...schema, components: { schemas: document.components.schemas } });
  validators.set(schema, made);
  return made;
}

function resolve({ components }: OpenApiDocument, described: ResponseObject | { $ref: string }): ResponseObject | undefined {
  return "$ref" in described ? components.responses[described.$ref.split("/").at(-1) ?? ""] : described;
}

const documents = new WeakMap<object, OpenApiDocument>();

function documentOf(api: ApiDescription): OpenApiDocument {
  const known = documents.get(api.paths);
  if (known) {
    return known;
  }
  const made = openApiDocument(api);
  documents.set(api.paths, made);
  return made;
}

const cuts = new WeakMap<object, ApiDescription>();

/** The API, cut down to the one path: the whole of the native one would have to load every route there is. */
async function apiOf(handler: ServedHandler, file: string): Promise<ApiDescription | undefined> {
  // an unknown path of the native API has refusals alone, as an operation that is not offered
  if (handler.served && handler.served.api !== "native") {
    const { api, pattern } = handler.served;
    const known = cuts.get(handler) ?? cut(await DIALECTS[api as keyof typeof DIALECTS](), pattern);
    cuts.set(handler, known);
    return known;
  }
  if (!file.startsWith("app/api/v1/")) {
    return;
  }
  const key = handler.operation ?? handler;
  const pattern = `/${file.replace(/^app\/|\/route\.ts$/g, "")}`.replaceAll(/\[(\w+)\]/g, "{$1}");
  const described = nativePath(Object.fromEntries(METHODS.map((method) => [method, { operation: handler.operation }])));
  const known = cuts.get(key) ?? { ...nativeDescription, paths: { [pattern]: described } };
  cuts.set(key, known);
  return known;
}

const METHODS = ["GET", "POST", "PATCH", "PUT", "DELETE"] as const;

function cut(api: ApiDescription, pattern: string): ApiDescription {
  return { ...api, paths: { [pattern]: api.paths[pattern] ?? {} } };
}

const DIALECTS = {
  closient: async () => (await import("@/lib/dialects/closient/api")).closientApi,
  notiflows: async () => (await import("@/lib/dialects/notiflows/api")).notiflowsApi,
  novu: async () => (await import("@/lib/dialects/novu/api")).novuApi,
  slaunchx: async () => (await import("@/lib/dialects/slaunchx/api")).slaunchxApi,
  votel: async () => (await import("@/lib/dialects/votel/api")).votelApi,
};
