import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const PROGRAM = `
  import { createServer } from "node:http";
  import { once } from "node:events";
  import { logRequestError, startServerParts } from "@/lib/http/start-server";
  startServerParts();
  const server = createServer((request, response) => {
    if (request.url === "/throw") setTimeout(() => { throw new Error("thrown later"); });
    if (request.url === "/reject") void Promise.reject(new Error("rejected"));
    logRequestError(new Error("of a page"), { path: "/verify/abc?x=1", method: "GET", headers: request.headers }, "/verify/[token]");
    response.end("served");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  for (const path of ["/throw", "/reject", "/"]) {
    const answer = await fetch("http://127.0.0.1:" + server.address().port + path);
    process.stderr.write(await answer.text() + " " + answer.headers.get("x-content-type-options") + "\\n");
  }
  process.exit();
`;

function run(settings: Record<string, string> = {}) {
  return spawnSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", PROGRAM], {
    cwd: join(import.meta.dirname, "../.."),
    encoding: "utf8",
    env: { ...process.env, LOG_LEVEL: "error", ...settings },
  });
}

describe("the start of a server process", () => {
  it("R75: what nobody caught is logged, and the next request is served", () => {
    const { status, stdout, stderr } = run();
    expect(stderr).toBe("served nosniff\n".repeat(3));
    expect(status).toBe(0);
    const lines = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { level: number; msg: string; err: { message: string } });
    const fatal = lines.filter(({ level }) => level === 60).map(({ msg, err }) => `${msg}: ${err.message}`);
    expect(fatal.sort()).toEqual(["uncaught exception: thrown later", "unhandled rejection: rejected"]);
  });

  it("R67: a failed request is logged with its id, and without its token", () => {
    const line = run()
      .stdout.split("\n")
      .find((text) => text.includes("a request failed"));
    expect(JSON.parse(line ?? "")).toMatchObject({
      requestId: expect.stringMatching(/^req_/),
      method: "GET",
      path: "/verify/[redacted]",
      route: "/verify/[redacted]",
      err: { message: "of a page" },
    });
  });

  it.each([
    [{ APP_ORIGIN: "" }, "APP_ORIGIN is not set"],
    [{ SECRETS_KEYS: `k1:${Buffer.alloc(32).toString("base64")}` }, "SECRETS_KEYS entry 1 is all zeros"],
    [{ CODE_PEPPERS: `p1:${Buffer.alloc(33, 1).toString("base64")}` }, "CODE_PEPPERS entry 1 is not 32 bytes"],
  ])("R51: with %j nothing starts, and the sentence names the setting", (settings, sentence) => {
    const { status, stdout, stderr } = run(settings);
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toContain(sentence);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });

  it.each([
    [{ BEARER_ISSUER: "https://login.example" }, "BEARER_ISSUER, BEARER_AUDIENCE and BEARER_JWKS_URL are set together"],
    [{ BEARER_ISSUER: "https://login.example", BEARER_AUDIENCE: "reach", BEARER_JWKS_URL: "http://login.example/keys" }, "BEARER_JWKS_URL"],
    [
      { APP_ORIGIN: "https://a.example", BEARER_ISSUER: "https://a.example", BEARER_AUDIENCE: "a", BEARER_JWKS_URL: "https://a.example/k" },
      "BEARER_ISSUER is another one than APP_ORIGIN",
    ],
  ])("R53: with %j nothing starts, and the sentence names the setting", (settings, sentence) => {
    const { status, stderr } = run(settings);
    expect([status, stderr.trim().split("\n").length]).toEqual([1, 1]);
    expect(stderr).toContain(sentence);
  });

  it.each([
    [{ TURNSTILE_SITE_KEY: "0x4AAA", TURNSTILE_SECRET_KEY: "s", TURNSTILE_VERIFY_URL: "ftp://verify.example" }, "TURNSTILE_VERIFY_URL"],
    [{ TURNSTILE_SITE_KEY: "0x4AAA", TURNSTILE_SECRET_KEY: "s", TURNSTILE_HOSTNAMES: "https://portal.example" }, "TURNSTILE_HOSTNAMES"],
  ])("R56: with %j nothing starts, and the sentence names the setting", (settings, name) => {
    const { status, stdout, stderr } = run(settings);
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toContain(name);
  });

  it("R56: a site key without a secret is told of at the start, for then everybody is refused", () => {
    expect(run({ LOG_LEVEL: "warn", TURNSTILE_SITE_KEY: "0x4AAA" }).stdout).toContain("TURNSTILE_SECRET_KEY is not");
    expect(run({ LOG_LEVEL: "warn", TURNSTILE_SITE_KEY: "0x4AAA", TURNSTILE_SECRET_KEY: "s" }).stdout).not.toContain("TURNSTILE");
    expect(run({ LOG_LEVEL: "warn" }).stdout).not.toContain("TURNSTILE");
  });
});
