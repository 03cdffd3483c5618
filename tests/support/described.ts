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

/**
 * Fails the test that made the request when its answer is not as the API's document says: a status, a media type or a
 * body that is not there. What no API describes (pages, webhooks, probes) passes.
 */
export async function expectDescribed(handler: ServedHandler, { method, file }: { method: string; file: string }, response: Response) {
  const api = await apiOf(handler, file);
  if (!api || method === "HEAD" || method === "OPTIONS") {
    return;
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
  await expectFitting(document, (described ? resolve(document, described) : refusal) as ResponseObject, response, where);
}

async function expectFitting(document: OpenApiDocument, { content }: ResponseObject, response: Response, where: string): Promise<void> {
  const media = response.headers.get("content-type");
  if (!content) {
    if (media !== null || (await response.clone().text()) !== "") {
      throw new Error(`${where}: a body where the document has none`);
    }
    return;
  }
  // a charset says nothing about the shape
  const found = Object.entries(content).find(([name]) => media?.split(";")[0] === name);
  if (!found) {
    throw new Error(`${where}: ${media} where the document has ${Object.keys(content).join(", ")}`);
  }
  if (!/[/+]json$/.test(found[0])) {
    return;
  }
  const validate = validatorOf(document, found[1].schema);
  const body = await response.clone().json();
  if (!validate(body)) {
    throw new Error(`${where}: ${ajv.errorsText(validate.errors)} in ${JSON.stringify(body)}`);
  }
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
