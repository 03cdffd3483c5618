import { expect, test } from "vitest";
import { APIS, documentOf } from "@/app/api/openapi/apis";
import { asBrowser } from "@/tests/support/next";
import { readPage } from "@/tests/support/page-calls";

const OPERATION = "app/reference/[name]/[operation]/page.tsx";

test.each(APIS.map(({ name }) => name))(
  "the reference has a page for every operation of %s, for whoever is not signed in",
  async (name) => {
    const operations = Object.entries(documentOf(name)?.paths ?? {}).flatMap(([path, methods]) =>
      Object.values(methods).map(({ operationId, summary }) => ({ path, operationId, summary })),
    );
    const list = await read("app/reference/[name]/page.tsx", { name });
    for (const { path, operationId, summary } of operations) {
      expect(list).toContain(`/reference/${name}/${operationId}`);
      const page = await read(OPERATION, { name, operation: operationId });
      expect(page).toContain(path);
      expect(page).toContain(summary);
      expect(page).toContain("curl -X");
    }
  },
);

test("an operation and an API that are not there have no page", async () => {
  expect(await asBrowser({}, () => readPage(OPERATION, { params: { name: "native", operation: "get_nothing" } }))).toEqual({
    kind: "not_found",
  });
  expect(await asBrowser({}, () => readPage("app/reference/[name]/page.tsx", { params: { name: "nobody" } }))).toEqual({
    kind: "not_found",
  });
});

async function read(file: string, params: Record<string, string>): Promise<string> {
  const visit = await asBrowser({}, () => readPage(file, { params }));
  expect(visit.kind, JSON.stringify(params)).toBe("answer");
  return JSON.stringify(visit).replaceAll('\\"', '"');
}
