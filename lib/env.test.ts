import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
let folder: string;

/** The settings as a build has them, with what the console's bundler puts in place of NODE_ENV. */
function built(mode: "production" | "development"): string {
  const outfile = join(folder, `${mode}.mjs`);
  if (existsSync(outfile)) {
    return outfile;
  }
  buildSync({
    stdin: {
      contents: `import { env } from "./lib/env.ts";
        try { console.log(String(env().trustUserIdHeader)); } catch (error) { console.log(error.message); }`,
      resolveDir: root,
    },
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    alias: { "@": root },
    define: { "process.env.NODE_ENV": JSON.stringify(mode) },
    logLevel: "error",
  });
  return outfile;
}

function start(file: string, more: Record<string, string>): string {
  const { PATH = "" } = process.env;
  const settings = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => /^(APP_|DATABASE_|AUTH_|SECRETS_|CODE_|SYSTEM_)/.test(name)),
  );
  return execFileSync(process.execPath, [file], {
    env: { PATH, ...settings, ...more } as unknown as NodeJS.ProcessEnv,
    encoding: "utf8",
  }).trim();
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "reachable-env-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("a bare user id is never believed in production", () => {
  test.each(["production", "development", "test", ""])(
    "R52: a build for production, started with NODE_ENV=%s, refuses the switch",
    (NODE_ENV) => {
      const file = built("production");
      expect(start(file, { NODE_ENV, NOTIFLOWS_USER_ID_HEADER: "1" })).toBe("NOTIFLOWS_USER_ID_HEADER is for development alone");
      for (const off of [{}, { NOTIFLOWS_USER_ID_HEADER: "0" }]) expect(start(file, { NODE_ENV, ...off })).toBe("false");
    },
  );

  test("R52: a build for development has it only when it is switched on", () => {
    const file = built("development");
    expect(start(file, { NODE_ENV: "development" })).toBe("false");
    expect(start(file, { NODE_ENV: "development", NOTIFLOWS_USER_ID_HEADER: "1" })).toBe("true");
  });
});

describe("hosts of push services beside the known ones", () => {
  test.each([
    "https://push.example.org",
    "push.example.org:443",
    "*",
    "*.",
    "a.*.example",
    "push.example.org/x",
    "localhost",
    "PUSH.example.org",
  ])("R40: %s is none", (PUSH_ALLOW_HOSTS) => {
    expect(start(built("production"), { PUSH_ALLOW_HOSTS })).toContain("PUSH_ALLOW_HOSTS");
  });
});
