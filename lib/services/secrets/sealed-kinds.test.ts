import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { SEALED } from "@/lib/services/secrets/sealed-kinds";

const root = join(import.meta.dirname, "../../..");
/** It is checked at the start and renewed after everything else. */
const CANARY = "canary.value";

test("R51: whatever is sealed anywhere in the code is wrapped anew with the first key", () => {
  const sources = globSync("lib/**/*.ts", { cwd: root }).filter((file) => !/\.test\.|\/generated\//.test(file));
  const places = sources.flatMap((file) =>
    [...readFileSync(join(root, file), "utf8").matchAll(/table: "(\w+)",[^}]*?field: "(\w+)"/g)].map(
      ([, table, field]) => `${table}.${field}`,
    ),
  );
  const known = new Set([CANARY, ...Object.entries(SEALED).map(([table, { field }]) => `${table}.${field}`)]);
  expect(places).toContain("integration.secrets");
  expect(places.filter((place) => !known.has(place))).toEqual([]);
});
