import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildAll, generateClient } from "./build.ts";
import { type Count, checkBoundaries, checkTypes, playwright, run, vitest } from "./check-runners.ts";
import { ensureChromium } from "./chromium.ts";
import { sentence } from "./stop.ts";

process.env.NEXT_TELEMETRY_DISABLED = "1";
const say = (line: string): void => console.log(line);
const reports = mkdtempSync(join(tmpdir(), "reachable-reports-"));
const biome = ["@biomejs/biome/bin/biome"];

/** In the order of how soon they fail. A part counts as one, or as many as it has tests. */
const PARTS: Record<string, () => Count | Promise<Count>> = {
  format: () => run([...biome, "format"]),
  lint: () => run([...biome, "lint", "--error-on-warnings"]),
  types: () => checkTypes(),
  boundaries: () => checkBoundaries(),
  "dead-code": () => run(["knip/bin/knip.js", "--config", ".knip.json"]),
  unit: () => vitest("unit", reports),
  integration: () => vitest("integration", reports),
  contract: () => vitest("contract", reports),
  build: async () => {
    await buildAll(say);
    return { passed: 1, failed: 0 };
  },
  faults: () => vitest("faults", reports),
  browser: () => playwright(reports, ensureChromium(say)),
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in PARTS));
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(", ")}; the parts are ${Object.keys(PARTS).join(", ")}.`);
  process.exit(1);
}
process.once("exit", () => rmSync(reports, { recursive: true, force: true }));

const total = { passed: 0, failed: 0 };
const lines: string[] = [];
generateClient(say);
for (const [name, part] of Object.entries(PARTS)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  say(`\n── ${name}`);
  const startedAt = performance.now();
  const count = await attempt(part);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  lines.push(`${count.failed > 0 ? "✗" : "✓"} ${name.padEnd(12)} ${seconds.padStart(6)} s  ${count.passed} passed, ${count.failed} failed`);
  total.passed += count.passed;
  total.failed += count.failed;
}
say(`\n${lines.join("\n")}\n`);
say(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;

async function attempt(part: () => Count | Promise<Count>): Promise<Count> {
  try {
    return await part();
  } catch (error) {
    console.error(sentence(error));
    return { passed: 0, failed: 1 };
  }
}
