import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { APIS, documentOf } from "@/app/api/openapi/apis";
import { env } from "@/lib/env";
import type { OpenApiDocument } from "@/lib/http/openapi/document";
import { type Client, clientOf, type FuzzedRequest, filesOf, pathOf, requestOf } from "@/tests/support/fuzz";
import { callProgram } from "@/tests/support/programs";

const RUNS = Number(process.env["FUZZ_RUNS"] ?? 50);
const SEED = Number(process.env["FUZZ_SEED"] ?? Date.now() % 2 ** 31);
const TIMEOUT = 20_000 + RUNS * 600;

// the same requests again: FUZZ_SEED=<seed> npm run fuzz
process.stdout.write(`fuzz: seed ${SEED}, ${RUNS} requests an operation\n`);

beforeAll(() => {
  env().limits.requestsPerCredential = { perMinute: 1_000_000, burst: 100_000 };
});

/** Members of an answer that a body gave, and that are answered as they were given, spaces and Unicode form aside. */
const KEPT = ["name", "label", "externalId", "identifier", "channelName", "channel_type", "type"];

describe.each(APIS.map(({ name }) => name))("%s", (api) => {
  const document = documentOf(api) as OpenApiDocument;
  const operations = Object.entries(document.paths).flatMap(([pattern, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ pattern, method: method.toUpperCase(), operation })),
  );

  test.each(operations)(
    "$method $pattern: no fault, a documented answer, and what was taken is told again",
    async ({ pattern, method, operation }) => {
      const files = await filesOf(api, document);
      const client = await clientOf(api);
      await fc.assert(
        fc.asyncProperty(requestOf(operation, client.ids), async (asked) => {
          const response = await send({ client, method, pattern, file: files.get(pattern) ?? "" }, asked);
          expect(response.status, await said(response)).toBeLessThan(500);
          if (response.status >= 300 || response.headers.get("content-type") !== "application/json") {
            return;
          }
          const answer = contentOf(await response.json());
          expect(keptOf(answer)).toMatchObject(keptOf(asked.body, answer));
          const single = singleOf(document, pattern, method, answer);
          if (single) {
            const again = await send(
              { client, method: "GET", pattern: single, file: files.get(single) ?? "" },
              readOf(single, asked, answer),
            );
            expect(again.status).toBe(200);
            expect(await again.json()).toMatchObject(keptOf(answer));
          }
        }),
        { numRuns: RUNS, seed: SEED, interruptAfterTimeLimit: TIMEOUT - 5000, endOnFailure: process.env["FUZZ_SHRINK"] === undefined },
      );
    },
    TIMEOUT,
  );
});

interface Place {
  client: Client;
  method: string;
  pattern: string;
  file: string;
}

/** The answer is held against the document by `callProgram`. */
function send({ client, method, pattern, file }: Place, asked: FuzzedRequest): Promise<Response> {
  const { params, body } = asked;
  return callProgram({
    file,
    method,
    path: pathOf(pattern, asked),
    params,
    headers: client.headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

async function said(response: Response): Promise<string> {
  return response.headers.get("content-type")?.includes("ndjson") ? "a stream" : response.clone().text();
}

/** SlaunchX wraps what it answers. */
function contentOf(answer: unknown): unknown {
  return answer !== null && typeof answer === "object" && "data" in answer && "code" in answer ? answer.data : answer;
}

/** The members that have to come back, of those that `also` has. */
function keptOf(value: unknown, also: unknown = value): Record<string, string> {
  if (typeof value !== "object" || value === null || typeof also !== "object" || also === null) {
    return {};
  }
  // a label that tells an address is masked to everybody but its owner
  const masked = "own" in also && also.own === false ? ["label"] : [];
  const kept = KEPT.filter((name) => name in also && !masked.includes(name));
  const entries = Object.entries(value).filter(([name, each]) => kept.includes(name) && typeof each === "string");
  return Object.fromEntries(entries.map(([name, each]) => [name, String(each).normalize("NFC").trim()]));
}

/** Where a thing that was written can be read: at its own path, or below the one that it was added to. */
function singleOf({ paths }: OpenApiDocument, pattern: string, method: string, answer: unknown): string | undefined {
  if (method === "PATCH" || method === "PUT") {
    return paths[pattern]?.["get"] && pattern.endsWith("}") ? pattern : undefined;
  }
  const below = Object.keys(paths).find(
    (each) => each.startsWith(`${pattern}/{`) && each.split("/").length === pattern.split("/").length + 1,
  );
  const named = typeof answer === "object" && answer !== null && ("identifier" in answer || "id" in answer);
  return method === "POST" && named && below && paths[below]?.["get"] ? below : undefined;
}

function readOf(single: string, asked: FuzzedRequest, answer: unknown): FuzzedRequest {
  const name = /\{(\w+)\}$/.exec(single)?.[1] ?? "";
  const { id, identifier } = answer as { id?: string; identifier?: string };
  const own = name === "identifier" ? identifier : id;
  return { params: { ...asked.params, ...(own === undefined ? {} : { [name]: own }) }, query: {} };
}
