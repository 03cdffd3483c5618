import { beforeAll, expect, test } from "vitest";
import { accountChoices } from "@/app/(console)/connections/account-choices";
import { createConnection } from "@/lib/services/connections/create";
import { createEndpoint } from "@/lib/services/endpoints/create";
import { createIntegration } from "@/lib/services/integrations/create";
import { createSubscriber } from "@/lib/services/subscribers/create";
import { makeInstitution, makeMember } from "@/tests/support/institution";
import { asBrowser } from "@/tests/support/next";
import { asAdmin } from "@/tests/support/outbox";
import { readPage } from "@/tests/support/page-calls";

let admin: Awaited<ReturnType<typeof makeMember>>;
const ids = { slack: "", discord: "", subscriber: "", connection: "", endpoint: "" };

beforeAll(async () => {
  const institutionId = await makeInstitution();
  admin = await makeMember(institutionId, "admin");
  ids.slack = (await createIntegration(admin, { provider: "slack", name: "Zebra Slack", identifier: "slack-prod" })).id;
  ids.discord = (await createIntegration(admin, { provider: "discord", name: "Discord", identifier: "discord-prod" })).id;
  await asAdmin(
    `INSERT INTO integration (institution_id, id, name, provider, channel, config)
     SELECT $1, gen_random_uuid(), 'Account ' || n, 'discord', 'chat', '{}' FROM generate_series(1, 105) n`,
    [institutionId],
  );
  ids.subscriber = (await createSubscriber(admin, { externalId: "ann 7", name: "Ann" })).id;
  const workspace = { id: "T1", name: "Acme HQ" };
  const given = { integrationId: ids.slack, externalId: "ann 7" };
  const made = await createConnection(admin, { ...given, identifier: "acme-of-ann", workspace, auth: { accessToken: "t" } });
  ids.connection = made.id;
  for (let n = 1; n <= 11; n += 1) {
    const endpoint = { ...given, connectionId: made.id, type: "slack_user", endpoint: { userId: `U${n}` } };
    ids.endpoint = (await createEndpoint(admin, endpoint)).id;
  }
});

async function read(
  folder: string,
  { params = {}, search = {} }: { params?: Record<string, string>; search?: Record<string, string> } = {},
) {
  const visit = await asBrowser({ as: admin }, () => readPage(`app/(console)/${folder}/page.tsx`, { params, search }));
  return visit.kind === "answer" ? String(visit.value) : visit.kind;
}

test("an endpoint leads back to its workspace by that one's name", async () => {
  const page = await read("endpoints/[endpointId]", { params: { endpointId: ids.endpoint } });
  expect(page).toContain(JSON.stringify({ href: `/connections/${ids.connection}`, label: "Acme HQ" }));
});

test("an account's page turns the pages of its endpoints, and adds one to it", async () => {
  const params = { integrationId: ids.slack };
  const first = await read("integrations/[integrationId]", { params });
  expect(first).toContain(`/endpoints/new?integration=${ids.slack}`);
  const endpointsAfter = /endpointsAfter=([\w-]+)/.exec(first)?.[1] ?? "";
  const second = await read("integrations/[integrationId]", { params, search: { endpointsAfter } });
  expect([second.includes("endpointsBefore="), second.includes("endpointsAfter=")]).toEqual([true, false]);
  const form = await read("endpoints/new", { search: { integration: ids.discord, type: "webhook" } });
  expect(form).toContain(JSON.stringify({ href: `/integrations/${ids.discord}`, label: "Discord" }));
  expect(form).toContain(JSON.stringify({ integrationId: ids.discord }));
});

test("a subscriber's page and an account's turn the pages of their connections, and add one to them", async () => {
  for (let n = 1; n <= 10; n += 1) {
    const more = { context: { tenant: `t${n}` }, workspace: { id: `T${n}` }, auth: { accessToken: "t" } };
    await createConnection(admin, { integrationId: ids.slack, externalId: "ann 7", ...more });
  }
  const person = await read("subscribers/[subscriberId]", { params: { subscriberId: ids.subscriber } });
  expect(person).toContain("/connections/new?subscriber=ann+7");
  expect(person).toContain(`/subscribers/${ids.subscriber}?connectionsAfter=`);
  const account = await read("integrations/[integrationId]", { params: { integrationId: ids.slack } });
  expect(account).toContain(`/connections/new?integration=${ids.slack}`);
  const connectionsAfter = /connectionsAfter=([\w-]+)/.exec(account)?.[1] ?? "";
  const second = await read("integrations/[integrationId]", { params: { integrationId: ids.slack }, search: { connectionsAfter } });
  expect([second.includes("connectionsBefore="), second.includes("connectionsAfter=")]).toEqual([true, false]);
});

test("every account is among the choices, by name, however many there are; or those that are wanted", async () => {
  const labels = (await accountChoices(admin)).map(({ label }) => label);
  expect(labels).toHaveLength(107);
  expect([labels[0], labels.at(-1)]).toEqual([expect.stringMatching(/^Account 1 /), "Zebra Slack (slack-prod)"]);
  expect(await accountChoices(admin, ({ connections }) => connections > 0)).toEqual([
    { value: ids.slack, label: "Zebra Slack (slack-prod)" },
  ]);
});

test("where one account is asked for, nothing found is not nothing connected", async () => {
  expect(await read("connections", { search: { integration: ids.discord } })).toContain("No connection fits these filters.");
});
