import { type APIResponse, type BrowserContext, type Request, type Response, request } from "@playwright/test";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { ORIGIN } from "./surroundings";

type Schema = Record<string, unknown>;
type Described = { content?: Record<string, { schema: Schema }> };
interface Document {
  paths: Record<string, Record<string, { responses: Record<string, Described | { $ref: string }> }>>;
  components: { schemas: Record<string, Schema>; responses: Record<string, Described> };
}

const APIS = ["native", "closient", "notiflows", "novu", "slaunchx", "votel"];
/** Every path that belongs to one of them. */
const BELOW = /^\/(?:api\/(?:v1|channels|user)|notifications\/api|user|v1|web)(?:\/|$)/;
/** What an operation that is not there is answered, and so no document has. */
const REFUSED = [401, 404, 405, 429];
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const ajv = new Ajv2020({ strict: false, formats: { "date-time": ISO, uuid: UUID } });

const validators = new WeakMap<Schema, ValidateFunction>();
let documents: Promise<Document[]> | undefined;

/**
 * Tells `complain` of each answer of an API, to the pages of a browser or to a test beside them, that is not as its document
 * says. What it gives back waits for those that are still being read.
 */
export function watchAnswers(context: BrowserContext, complain: (what: string) => void): () => Promise<unknown> {
  const reading = new Set<Promise<void>>();
  // once it has ended: what a page left unread is never read to its end
  context.on("requestfinished", (asked) => {
    const read = wrongFor(asked)
      .catch((error) => `${asked.url()}: ${error}`)
      .then((wrong) => {
        reading.delete(read);
        if (wrong !== null) complain(wrong);
      });
    reading.add(read);
  });
  const beside = context.request;
  const send = beside.fetch.bind(beside);
  beside.fetch = async (asked, options) => {
    const answer = await send(asked, options);
    const method = options?.method ?? (typeof asked === "string" ? "GET" : asked.method());
    const wrong = await wrongIn(method, answer, () => answer.text());
    if (wrong !== null) complain(wrong);
    return answer;
  };
  return () => Promise.all(reading);
}

async function wrongFor(asked: Request): Promise<string | null> {
  // a page that is gone took the answer along
  const answer = await asked.response().catch(() => null);
  return answer && wrongIn(asked.method(), answer, () => answer.text().catch(() => null));
}

async function wrongIn(method: string, answer: APIResponse | Response, body: () => Promise<string | null>): Promise<string | null> {
  const { pathname } = new URL(answer.url());
  if (method === "HEAD" || method === "OPTIONS" || !BELOW.test(pathname)) {
    return null;
  }
  documents ??= readDocuments();
  const where = `${method} ${pathname} ${answer.status()}`;
  for (const document of await documents) {
    const operations = pathsLike(document.paths, pathname).map((pattern) => document.paths[pattern]?.[method.toLowerCase()]);
    const operation = operations.find((each) => each !== undefined);
    if (operation) {
      const given = operation.responses[answer.status()];
      const described = given && "$ref" in given ? document.components.responses[answer.status()] : given;
      const media = answer.headers()["content-type"]?.split(";")[0] ?? "";
      const wrong = described ? await misfit(document, described, media, body) : "no document knows this status";
      return wrong && `${where}: ${wrong}`;
    }
  }
  return REFUSED.includes(answer.status()) ? null : `${where}: no document knows this operation`;
}

async function misfit(
  { components }: Document,
  { content }: Described,
  media: string,
  body: () => Promise<string | null>,
): Promise<string | null> {
  const schema = content?.[media]?.schema;
  if (schema === undefined) {
    return content === undefined && media === "" ? null : `${media} is not what the document has`;
  }
  const text = media.endsWith("json") ? await body() : null;
  if (text === null) {
    return null;
  }
  const validate = validators.get(schema) ?? ajv.compile({ ...schema, components: { schemas: components.schemas } });
  validators.set(schema, validate);
  const parts = media.endsWith("ndjson") ? text.split("\n").filter((line) => line !== "") : [text];
  const wrong = parts.find((part) => !validate(JSON.parse(part)));
  return wrong === undefined ? null : `${ajv.errorsText(validate.errors)} in ${wrong}`;
}

/** The patterns that a path fits, those with fewer parameters first. */
function pathsLike(paths: Document["paths"], pathname: string): string[] {
  const fitting = Object.keys(paths).filter((pattern) => new RegExp(`^${pattern.replaceAll(/\{\w+\}/g, "[^/]+")}$`).test(pathname));
  return fitting.sort((one, other) => one.split("{").length - other.split("{").length);
}

async function readDocuments(): Promise<Document[]> {
  const reader = await request.newContext();
  const found = await Promise.all(APIS.map(async (name) => (await reader.get(`${ORIGIN}/api/openapi/${name}.json`)).json()));
  await reader.dispose();
  return found as Document[];
}
