import { beforeAll, expect, test } from "vitest";
import { ErrorBody } from "@/lib/dialects/notiflows/schemas";
import { type Application, callNotiflows, makeApplication, makeChannel } from "@/tests/support/notiflows";
import { makeKey } from "@/tests/support/programs";
import { browserSubscription } from "@/tests/support/push";

let app: Application;

beforeAll(async () => {
  app = await makeApplication();
});

test("what is not there is named in the vendor's words: a subscription by its identifier, settings by their channel", async () => {
  const gone = async (method: string, part: "subscriptions" | "settings", body?: object) => {
    const { error } = ErrorBody.parse(await (await callNotiflows(app, method, { part, body })).json());
    return [error.message, error.details];
  };
  const { identifier } = browserSubscription();
  expect(await gone("DELETE", "subscriptions", { identifier })).toEqual([
    "Subscription not found",
    { resource: "subscription", id: identifier },
  ]);
  for (const method of ["GET", "DELETE"]) {
    expect(await gone(method, "settings")).toEqual(["Channel settings not found", { resource: "channel_settings", id: app.channelId }]);
  }
  const refused = ErrorBody.parse(await (await callNotiflows(app, "POST", { body: {} })).json());
  expect(refused.error).toMatchObject({
    message: "Validation failed",
    details: { fields: [{ field: "identifier", message: "can't be blank", reason: "required" }, { field: "settings" }] },
  });
});

test("R52: who sends a secret key is told that it does not belong here, whether or not there is one", async () => {
  const { key } = await makeKey(app.institutionId);
  for (const apiKey of [key, "sk_nothing"]) {
    const { error } = ErrorBody.parse(await (await callNotiflows(app, "POST", { apiKey, body: {} })).json());
    expect([error.status, error.message]).toEqual([401, "A secret key does not belong here. Send a public key, pk_…"]);
  }
});

test("R45: a webhook's address is no identifier, which would be stored and answered as it is", async () => {
  const channel = await makeChannel(app.institutionId, "chat");
  const webhook = "https://hooks.slack.com/services/T0/B0/of-a-secret";
  const add = (identifier: string) => callNotiflows(app, "POST", { channel, body: { identifier, settings: { webhook_url: webhook } } });
  for (const identifier of [webhook, `team ${webhook}`]) {
    const { error } = ErrorBody.parse(await (await add(identifier)).json());
    expect([error.status, error.details.fields?.map(({ field, reason }) => [field, reason])]).toEqual([
      422,
      [["identifier", "identifier_secret"]],
    ]);
  }
  expect((await add("team")).status).toBe(201);
});
