import { spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { bundlePrograms, PROGRAMS } from "./bundle.ts";
import { at, standalone } from "./paths.ts";
import { digest } from "./sources.ts";
import { Stop } from "./stop.ts";

const SOURCES = [
  "app",
  "components",
  "lib",
  "prisma",
  "public",
  "instrumentation.ts",
  "next.config.ts",
  "tailwind.config.ts",
  "tsconfig.json",
  "package.json",
  "package-lock.json",
  "scripts",
];
const GENERATED = "lib/db/generated";
const notBuilt = (path: string): boolean => path.startsWith(GENERATED) || /\.test\.tsx?$/.test(path);

type Say = (line: string) => void;

/** Writes Prisma's client where the schema has changed. */
export function generateClient(say: Say): void {
  const stamp = at(GENERATED, ".schema");
  const wanted = digest(["prisma/schema", "prisma/config.ts", "node_modules/prisma/package.json"]);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  say("Writing the database client.");
  const done = spawnSync(process.execPath, [at("node_modules/prisma/build/index.js"), "generate", "--config", at("prisma/config.ts")], {
    cwd: at(),
    encoding: "utf8",
    // The generator asks for an engine that it never runs; any file spares the download.
    env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: "1", CHECKPOINT_DISABLE: "1" },
  });
  if (done.status !== 0) throw new Stop(`The database client could not be written:\n${done.stderr || done.stdout}`);
  writeFileSync(stamp, wanted);
}

/** Builds the console and the programs beside it into `.next/standalone`, where a source has changed since. */
export async function buildAll(say: Say): Promise<void> {
  generateClient(say);
  const stamp = at(".next/sources");
  const wanted = digest(SOURCES, notBuilt);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted && PROGRAMS.every((name) => existsSync(`${standalone}/${name}.mjs`)))
    return;
  rmSync(stamp, { force: true });
  say("Building the console. This takes a minute or two, and only after a change.");
  await nextBuild();
  for (const [from, to] of [
    ["public", "public"],
    [".next/static", ".next/static"],
  ] as const) {
    if (existsSync(at(from))) cpSync(at(from), `${standalone}/${to}`, { recursive: true });
  }
  await bundlePrograms(standalone);
  writeFileSync(stamp, wanted);
}

async function nextBuild(): Promise<void> {
  const child = spawn(process.execPath, [at("node_modules/next/dist/bin/next"), "build"], {
    cwd: at(),
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const stopBuild = () => child.kill("SIGTERM");
  process.once("exit", stopBuild);
  const code = await new Promise<number | null>((resolve) => child.once("exit", resolve));
  process.off("exit", stopBuild);
  if (code !== 0) throw new Stop(`The console could not be built:\n${output}`);
}
