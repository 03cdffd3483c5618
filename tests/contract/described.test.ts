import { expect, test } from "vitest";
import { z } from "zod";
import { GET } from "@/app/api/openapi/[name]/route";
import { APIS, documentOf } from "@/app/api/openapi/apis";
import { NATIVE_PATHS } from "@/app/api/openapi/native-paths";
import type { NativeOperation } from "@/lib/http/define-route";
import { expectDescribed, type ServedHandler, watched } from "@/tests/support/described";
import { load, routes } from "@/tests/support/site";

const METHODS = ["GET", "POST", "PATCH", "PUT", "DELETE"] as const;
/** What answers for every path that is not there. */
const UNKNOWN = "app/api/v1/[[...rest]]/route.ts";
const patternOf = (file: string) => `/${file.replace(/^app\/|\/route\.ts$/g, "")}`.replaceAll(/\[(\w+)\]/g, "{$1}");

test("every route of the native API stands in its document, method by method", async () => {
  const files = routes().filter((file) => file.startsWith("app/api/v1/") && file !== UNKNOWN);
  expect(Object.keys(NATIVE_PATHS).sort()).toEqual(files.map(patternOf).sort());
  const document = documentOf("native");
  for (const file of files) {
    const handlers = (await load(file)) as Record<string, ServedHandler>;
    const offered = METHODS.filter((method) => handlers[method]?.operation);
    expect(Object.keys(document?.paths[patternOf(file)] ?? {}).sort(), file).toEqual(offered.map((each) => each.toLowerCase()).sort());
    const bodies = offered.filter((method) => method === "POST" || method === "PATCH" || method === "PUT");
    expect(
      bodies.filter((method) => !handlers[method]?.operation?.body),
      `${file}: without a body's schema`,
    ).toEqual([]);
  }
});

test("every route of a dialect stands in its document, and no document tells of a path that is not served", async () => {
  const found = new Map<string, string[]>();
  for (const file of routes().filter((each) => each.startsWith("app/(dialects)/"))) {
    const { served } = ((await load(file)) as { POST: ServedHandler }).POST;
    expect(served, file).toBeDefined();
    if (!served || served.pattern === "unknown") {
      continue;
    }
    expect(patternOf(file).replaceAll(/\/\([^)]*\)/g, ""), file).toBe(served.pattern);
    found.set(served.api, [...(found.get(served.api) ?? []), served.pattern]);
  }
  const dialects = APIS.filter(({ name }) => name !== "native");
  expect([...found.keys()].sort()).toEqual(dialects.map(({ name }) => name).sort());
  for (const { name, paths } of dialects) {
    expect(found.get(name)?.sort(), name).toEqual(Object.keys(paths).sort());
  }
});

test.each(APIS.map(({ name }) => name))(
  "the document of %s is whole: each reference leads somewhere, each operation has a name of its own",
  (name) => {
    const document = documentOf(name);
    const text = JSON.stringify(document);
    const lost = [...text.matchAll(/"\$ref":"#\/([^"]+)"/g)].filter(([, path = ""]) => !at(document, path.split("/")));
    expect(lost).toEqual([]);
    const ids = [...text.matchAll(/"operationId":"(\w+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(document?.security.length).toBeGreaterThan(0);
  },
);

test("a document is there for everybody, may be kept, and holds no secret of anybody's", async () => {
  for (const { name } of APIS) {
    const response = await GET(new Request("http://localhost/"), { params: Promise.resolve({ name: `${name}.json` }) });
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(response.headers.get("cache-control")).toBe("public, max-age=300");
    expect(await response.text()).not.toMatch(/[sp]k_[A-Za-z0-9]{8}|BEGIN \w+ KEY|postgres/);
  }
  const unknown = await GET(new Request("http://localhost/"), { params: Promise.resolve({ name: "../native.json" }) });
  expect(unknown.status).toBe(404);
});

const operation: NativeOperation = { summary: "One", answer: z.object({ id: z.uuid() }), handle: () => Promise.resolve(undefined) };
const handler = Object.assign(() => Promise.resolve(new Response()), { operation }) as unknown as ServedHandler;
const call = { method: "GET", file: "app/api/v1/ones/route.ts" };

test.each([
  ["a status that the document does not know", Response.json({}, { status: 418 }), /does not know this status/],
  ["another media type", new Response("{}", { headers: { "content-type": "text/plain" } }), /text\/plain where/],
  ["a body without what it must have", Response.json({}), /must have required property 'id'/],
  ["a body with more than it may have", Response.json({ id: crypto.randomUUID(), secret: "1" }), /must NOT have additional/],
  ["a value that is none of its kind", Response.json({ id: "1" }), /must match format/],
  ["a refusal that is no problem", Response.json({ detail: "No" }, { status: 404 }), /where the document has application\/problem/],
])("an answer fails its test: %s", async (_, response, words) => {
  await expect(expectDescribed(handler, call, response)).rejects.toThrow(words);
});

test("an answer as the document says passes", async () => {
  await expectDescribed(handler, call, Response.json({ id: crypto.randomUUID() }));
});

test("an operation that no document knows fails its test", async () => {
  const unknown = Object.assign(() => Promise.resolve(new Response()), { operation: undefined }) as unknown as ServedHandler;
  await expect(expectDescribed(unknown, call, Response.json({}))).rejects.toThrow(/no document knows/);
});

const streaming = Object.assign(() => Promise.resolve(new Response()), {
  operation: { ...operation, answer: { media: ["application/x-ndjson"], line: z.object({ step: z.int() }) } },
}) as unknown as ServedHandler;
const streamed = (chunks: string[]) => {
  const source = new ReadableStream({
    start: (controller) => {
      for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk));
      controller.close();
    },
  });
  return expectDescribed(streaming, call, new Response(source, { headers: { "content-type": "application/x-ndjson" } }));
};

test("a line that does not fit fails the test that reads it, wherever it was cut", async () => {
  const [fits, ...rest] = ['{"step":1}\n{"st', 'ep":2}\n{"step":', '"three"}\n'];
  const answer = await streamed([fits ?? "", ...rest]);
  const reader = answer.body?.getReader();
  expect(new TextDecoder().decode((await reader?.read())?.value)).toBe(fits);
  await reader?.read();
  await expect(reader?.read()).rejects.toThrow(/step must be integer/);
  await expect((await streamed(['{"step":1}'])).text()).resolves.toBe('{"step":1}');
  await expect((await streamed(['{"step":1}\n', '{"step":1,"more":2}'])).text()).rejects.toThrow(/additional properties/);
});

test("every route of every API has a watch in front of it, whatever a test takes it from", async () => {
  for (const file of routes().filter((each) => /^app\/(?:api\/v1|\(dialects\))\//.test(each))) {
    const handlers = (await load(file)) as Record<string, ServedHandler>;
    for (const method of METHODS) expect(handlers[method]?.name, `${method} ${file}`).toBe("watching");
  }
  const broken = Object.assign(() => Promise.resolve(Response.json({})), { operation }) as unknown as ServedHandler;
  const { GET } = watched(call.file, { GET: broken });
  await expect(GET(new Request("http://localhost/api/v1/ones"), { params: Promise.resolve({}) })).rejects.toThrow(/property 'id'/);
});

function at(node: unknown, steps: string[]): unknown {
  return steps.reduce<unknown>((found, step) => (found as Record<string, unknown> | undefined)?.[step.replaceAll("~1", "/")], node);
}
