import { copyFileSync, cpSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { type BuildOptions, build, context, type Plugin } from "esbuild";
import { at } from "./paths.ts";

/** Programs beside the console. Each is one file that needs no node_modules, so that the output folder can be copied anywhere. */
export const PROGRAMS = ["worker", "migrate", "setup-link", "rewrap", "check-settings", "catcher"] as const;
export type Program = (typeof PROGRAMS)[number];

export function isProgram(name: string): name is Program {
  return PROGRAMS.some((program) => program === name);
}

export async function bundlePrograms(folder: string, programs: readonly Program[] = PROGRAMS): Promise<void> {
  prepare(folder);
  await build(options(folder, programs));
}

/** Bundles again whenever a source changes, and says so after each time but the first. */
export async function watchProgram(folder: string, program: Program, changed: () => void): Promise<() => Promise<void>> {
  let first = true;
  const tell: Plugin = {
    name: "tell",
    setup: ({ onEnd }) => {
      onEnd(({ errors }) => {
        if (errors.length === 0 && !first) changed();
        first = false;
      });
    },
  };
  const watcher = await context({ ...options(folder, [program]), logLevel: "error", plugins: [tell] });
  await watcher.watch();
  return () => watcher.dispose();
}

function options(folder: string, programs: readonly Program[]) {
  return {
    entryPoints: Object.fromEntries(programs.map((name) => [name, at("scripts", `${name}.ts`)])),
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    target: "node24",
    format: "esm",
    keepNames: true,
    legalComments: "none",
    logLevel: "error",
    logOverride: { "direct-eval": "silent" },
    tsconfig: at("tsconfig.json"),
    jsx: "automatic",
    alias: { "server-only": at("node_modules/server-only/empty.js") },
    external: ["pg-native", "@node-rs/argon2", "@node-rs/argon2-*"],
    banner: { js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);' },
    define: { "process.env.NODE_ENV": "process.env.NODE_ENV" },
  } satisfies BuildOptions;
}

function prepare(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const engine = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm");
  copyFileSync(join(dirname(engine), "schema_engine_bg.wasm"), join(folder, "schema_engine_bg.wasm"));
  if (!existsSync(at("prisma/migrations"))) return;
  rmSync(join(folder, "prisma/migrations"), { recursive: true, force: true });
  cpSync(at("prisma/migrations"), join(folder, "prisma/migrations"), { recursive: true });
}
