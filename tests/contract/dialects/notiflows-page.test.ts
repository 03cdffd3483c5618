import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { notiflows } from "@/lib/dialects/notiflows/dialect";
import { notiflowsRoutes } from "@/lib/dialects/notiflows/routes";
import { ErrorBody } from "@/lib/dialects/notiflows/schemas";
import { examplesOf, runCommand } from "@/tests/support/docs-examples";
import { type Application, callNotiflows, makeApplication } from "@/tests/support/notiflows";

const page = readFileSync(join(import.meta.dirname, "../../../docs/api/notiflows.md"), "utf8");
let folder: string;
let app: Application;

beforeAll(async () => {
  app = await makeApplication();
  folder = mkdtempSync(join(tmpdir(), "reachable-docs-"));
  writeFileSync(join(folder, "application.pem"), app.signing.privateKey.export({ type: "pkcs8", format: "pem" }));
  for (const [, name = "", script = ""] of page.matchAll(/```js\n\/\/ (\w+\.mjs)\n([\s\S]+?)```/g))
    writeFileSync(join(folder, name), script);
});
afterAll(() => rmSync(folder, { recursive: true }));

const run = (...args: string[]) => execFileSync(process.execPath, args, { cwd: folder, encoding: "utf8" }).trim();

const keysOf = (body: unknown) => (body === undefined ? undefined : Object.keys(body as object).sort());

describe("docs/api/notiflows.md", () => {
  test.each([
    ["with its key's name", true],
    ["without", false],
  ])("its token, %s, and its commands get the answers that it shows", async (_, named) => {
    const subscription = run("subscription.mjs");
    const variables = {
      CHANNEL: app.channelId,
      API_KEY: app.apiKey,
      USER_KEY: run("token.mjs", "user-1", ...(named ? [app.signing.kid] : [])),
      SUBSCRIPTION: subscription,
      ENDPOINT: JSON.parse(subscription).identifier,
    };
    for (const { command, status, body } of examplesOf("notiflows.md")) {
      const answer = await runCommand(command, variables, { dialect: notiflows, routes: notiflowsRoutes });
      expect([answer.status, keysOf(answer.body)], command).toEqual([status, keysOf(body)]);
    }
  });

  test("its error is one", async () => {
    const [shown = ""] = /^\{"error".+$/m.exec(page) ?? [];
    const { request_id: _, ...error } = ErrorBody.parse(JSON.parse(shown)).error;
    const { error: real } = ErrorBody.parse(await (await callNotiflows(app, "GET", { channel: "x" })).json());
    expect(real).toMatchObject(error);
  });

  test("names every operation that there is", () => {
    for (const { pattern, operations } of Object.values(notiflowsRoutes)) {
      const part = pattern.split("/").at(-1);
      for (const method of Object.keys(operations)) expect(page).toMatch(new RegExp(`\`${method} [^\`]*/${part}\``));
    }
  });
});
