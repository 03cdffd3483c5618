import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureChromium } from "../../scripts/parts/chromium.ts";
import type { Page } from "./pages.ts";
import { record } from "./table.ts";

/** Fetched for the run alone: it brings more packages than the rest of the project's tools together. */
const PACKAGE = "lighthouse@13.5.0";
const CATEGORIES = ["performance", "accessibility", "best-practices"] as const;

interface Report {
  categories: Record<string, { score: number | null; auditRefs: { id: string; weight: number }[] }>;
  audits: Record<string, { score: number | null; title: string; displayValue?: string }>;
}

export async function benchLighthouse(pages: readonly Page[], transport: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "reachable-lighthouse-"));
  try {
    writeFileSync(join(folder, "package.json"), `{ "private": true }`);
    const installed = spawnSync("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", PACKAGE], {
      cwd: folder,
      encoding: "utf8",
    });
    if (installed.status !== 0) {
      record({ what: "Lighthouse", measured: "not measured: npm could not fetch it" });
      return;
    }
    for (const page of pages) {
      for (const device of ["desktop", "mobile"] as const) await measure(folder, { ...page, name: `${page.name}, ${transport}` }, device);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(folder: string, { name, url, headers }: Page, device: "desktop" | "mobile"): Promise<void> {
  const file = join(folder, "report.json");
  const headersFile = join(folder, "headers.json");
  writeFileSync(headersFile, JSON.stringify(headers));
  const child = spawn(
    process.execPath,
    [
      join(folder, "node_modules/lighthouse/cli/index.js"),
      url,
      ...["--quiet", "--output=json", `--output-path=${file}`, `--only-categories=${CATEGORIES.join(",")}`],
      ...["--chrome-flags=--headless=new --no-sandbox", `--extra-headers=${headersFile}`, "--no-enable-error-reporting"],
      ...(device === "desktop" ? ["--preset=desktop"] : []),
    ],
    { env: { ...process.env, CHROME_PATH: ensureChromium(() => undefined) }, stdio: ["ignore", "ignore", "pipe"], timeout: 180_000 },
  );
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  if (code !== 0) {
    record({ what: `Lighthouse, ${name}, ${device}`, measured: `not measured: ${said.trim().split("\n").at(-1) ?? ""}` });
    return;
  }
  const { categories, audits } = JSON.parse(readFileSync(file, "utf8")) as Report;
  const scores = CATEGORIES.map((category) => Math.round((categories[category]?.score ?? 0) * 100));
  const lost = CATEGORIES.flatMap((category) => categories[category]?.auditRefs ?? [])
    .filter(({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 0.9)
    .map(({ id }) => `${id} ${audits[id]?.displayValue ?? ""}`.trim());
  record({
    what: `Lighthouse, ${name}, ${device}`,
    measured: scores.join(" / "),
    beside: lost.join("; "),
    aim: "≥ 95 each",
  });
}
