import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { at } from "./paths.ts";

export interface Count {
  passed: number;
  failed: number;
}

interface VitestReport {
  numPassedTests: number;
  numTotalTests: number;
  testResults: { status: string; assertionResults: unknown[] }[];
}

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  errors: unknown[];
}

interface CruiseReport {
  summary: { totalCruised: number; violations: { from: string; to: string; rule: { name: string } }[] };
}

/** One check: it passes or it fails. */
export async function run([script = "", ...args]: string[]): Promise<Count> {
  const code = await node([at("node_modules", script), ...args]);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** Next writes down which routes there are; what it wrote for an earlier tree would name some that are gone. */
export async function checkTypes(): Promise<Count> {
  for (const folder of [".next/types", ".next/dev/types"]) rmSync(at(folder), { recursive: true, force: true });
  const generated = await run(["next/dist/bin/next", "typegen"]);
  return generated.failed > 0 ? generated : run(["typescript/bin/tsc", "-p", "tsconfig.json"]);
}

export function checkBoundaries(): Count {
  const folders = ["app", "components", "lib", "scripts", "tests"].filter((name) => existsSync(at(name)));
  const cruised = spawnSync(
    process.execPath,
    [
      at("node_modules/dependency-cruiser/bin/dependency-cruise.mjs"),
      "--config",
      ".dependency-cruiser.cjs",
      "--output-type",
      "json",
      ...folders,
    ],
    { cwd: at(), encoding: "utf8", maxBuffer: 512 * 1024 * 1024 },
  );
  if (cruised.stdout === "") {
    console.error(cruised.stderr);
    return { passed: 0, failed: 1 };
  }
  const { summary } = JSON.parse(cruised.stdout) as CruiseReport;
  for (const { rule, from, to } of summary.violations) console.error(`${rule.name}: ${from} → ${to}`);
  console.log(`${summary.totalCruised} files, ${summary.violations.length} imports in the wrong direction`);
  // A checker that found no file has checked nothing, whatever it says.
  return summary.totalCruised > 0 && summary.violations.length === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

export async function vitest(project: string, reports: string): Promise<Count> {
  const file = join(reports, `${project}.json`);
  const code = await node([
    at("node_modules/vitest/vitest.mjs"),
    ...["run", "--config", "tests/vitest.config.ts", "--project", project],
    ...["--reporter", "default", "--reporter", "json", `--outputFile.json=${file}`],
  ]);
  if (!existsSync(file)) return { passed: 0, failed: 1 };
  const { numPassedTests: passed, numTotalTests, testResults } = JSON.parse(readFileSync(file, "utf8")) as VitestReport;
  // A skipped test counts as failed, and so does a file that broke before its first test.
  const broken = testResults.filter(({ status, assertionResults }) => status === "failed" && assertionResults.length === 0).length;
  return settle({ passed, failed: numTotalTests - passed + broken }, code);
}

export async function playwright(reports: string, chromium: string | undefined): Promise<Count> {
  const file = join(reports, "browser.json");
  const env = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: file, ...(chromium === undefined ? {} : { CHROMIUM: chromium }) };
  const code = await node([at("node_modules/@playwright/test/cli.js"), "test", "--config", "tests/playwright.config.ts"], env);
  if (!existsSync(file)) return { passed: 0, failed: 1 };
  const { stats, errors } = JSON.parse(readFileSync(file, "utf8")) as PlaywrightReport;
  return settle({ passed: stats.expected, failed: stats.unexpected + stats.flaky + stats.skipped + errors.length }, code);
}

function settle({ passed, failed }: Count, code: number): Count {
  return { passed, failed: failed === 0 && (code !== 0 || passed === 0) ? 1 : failed };
}

function node(args: string[], env: NodeJS.ProcessEnv = process.env): Promise<number> {
  const child = spawn(process.execPath, args, { cwd: at(), stdio: ["ignore", "inherit", "inherit"], env });
  return new Promise((resolve) => child.once("exit", (code) => resolve(code ?? 1)));
}
