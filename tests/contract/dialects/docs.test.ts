import { beforeAll, describe, expect, test } from "vitest";
import { NATIVE_PATHS } from "@/app/api/openapi/native-paths";
import { closient } from "@/lib/dialects/closient/dialect";
import { closientRoutes } from "@/lib/dialects/closient/routes";
import { novu } from "@/lib/dialects/novu/dialect";
import { novuRoutes } from "@/lib/dialects/novu/routes";
import { votel } from "@/lib/dialects/votel/dialect";
import { votelRoutes } from "@/lib/dialects/votel/routes";
import { env } from "@/lib/env";
import { registerNumber } from "@/lib/services/numbers/register";
import { comparable, examplesOf, requestOf, runCommand } from "@/tests/support/docs-examples";
import { makeInstitution, makeMember, waitingVerification } from "@/tests/support/institution";
import { novuWorld } from "@/tests/support/novu";
import { asAdmin } from "@/tests/support/outbox";
import { callProgram, makeKey } from "@/tests/support/programs";
import { makeSender } from "@/tests/support/sender-rows";
import { addSmtp, markProven } from "@/tests/support/senders";
import { startFakeApi } from "@/tests/support/vendors/fake-api";
import { addDomain } from "@/tests/support/votel";

let institutionId: string;
let admin: Awaited<ReturnType<typeof makeMember>>;

beforeAll(async () => {
  env().limits.requestsPerCredential = { perMinute: 100_000, burst: 10_000 };
  institutionId = await makeInstitution();
  admin = await makeMember(institutionId, "admin");
});

const idOf = (body: unknown) => (body !== null && typeof body === "object" && "id" in body ? String(body.id) : undefined);

describe("the commands of a page get the answers that it shows", () => {
  test("docs/api/closient.md", async () => {
    const { key } = await makeKey(institutionId, { userId: admin.actor.userId });
    const variables: Record<string, string> = { KEY: key };
    for (const { command, status, body } of examplesOf("closient.md")) {
      if (command.includes("$CODE")) {
        variables["CODE"] = (await waitingVerification(institutionId, variables["CHANNEL"] ?? "")).code;
      }
      const answer = await runCommand(command, variables, { dialect: closient, routes: closientRoutes });
      expect([answer.status, comparable(answer.body)], command).toEqual([status, comparable(body)]);
      variables["CHANNEL"] = idOf(answer.body) ?? variables["CHANNEL"] ?? "";
    }
  });

  test("docs/api/native.md", async () => {
    const { key } = await makeKey(institutionId);
    const variables: Record<string, string> = { KEY: key };
    for (const { command, status, body } of examplesOf("native.md")) {
      const request = requestOf(command, variables);
      const { pathname, search } = new URL(request.url);
      const [pattern = ""] = Object.keys(NATIVE_PATHS).filter((path) =>
        new RegExp(`^${path.replaceAll(/\{\w+\}/g, "[^/]+")}$`).test(pathname),
      );
      const [, name, id] = [...(/^.*\/\{(\w+)\}$/.exec(pattern) ?? []), pathname.split("/").at(-1)];
      const response = await callProgram({
        file: `${pattern.slice(1).replaceAll(/\{(\w+)\}/g, "[$1]")}/route.ts`,
        method: request.method,
        path: pathname + search,
        params: name && id ? { [name]: id } : {},
        headers: Object.fromEntries(request.headers),
        ...(request.body ? { body: await request.text() } : {}),
      });
      const answer: unknown = await response.json();
      expect([response.status, comparable(answer)], command).toEqual([status, comparable(body)]);
      variables[pattern.includes("subscribers") ? "SUBSCRIBER" : "POINT"] ??= idOf(answer) ?? "";
    }
  });

  test("docs/api/novu.md", async () => {
    const { key } = await novuWorld();
    const slack = await startFakeApi(() => ({ status: 200, body: { ok: true } }));
    Object.assign(env(), { slackApiUrl: slack.url });
    Object.assign(env().reach, slack.reach);
    for (const { command, status, body } of examplesOf("novu.md")) {
      const answer = await runCommand(command, { KEY: key }, { dialect: novu, routes: novuRoutes });
      expect([answer.status, comparable(answer.body)], command).toEqual([status, comparable(body)]);
    }
    await slack.stop();
  });

  test("docs/api/votel.md", async () => {
    const { key } = await makeKey(institutionId);
    const account = await addSmtp(admin);
    await markProven(account.id);
    const texts = await makeSender(institutionId, { port: 9, type: "sms", isDefault: false });
    const [row] = await asAdmin<{ id: string }>("SELECT integration_id AS id FROM sender WHERE id = $1", [texts]);
    const number = await registerNumber(admin, { integrationId: row?.id, number: "+15551234567" });
    const variables: Record<string, string> = {
      KEY: key,
      INTEGRATION: account.integration.id,
      DOMAIN: await addDomain(institutionId, "example.com"),
      TEXTS: row?.id ?? "",
      NUMBER: number.id,
    };
    for (const { command, status, body } of examplesOf("votel.md")) {
      const answer = await runCommand(command, variables, { dialect: votel, routes: votelRoutes });
      expect([answer.status, comparable(answer.body)], command).toEqual([status, comparable(body)]);
      variables["CHANNEL"] = idOf(answer.body) ?? variables["CHANNEL"] ?? "";
    }
  });
});
