import { beforeAll, expect, test } from "vitest";
import { senderView } from "@/app/(console)/native-views";
import { newId } from "@/lib/core/ids";
import { notiflowsView } from "@/lib/dialects/notiflows/view";
import { integrationPlace, openSecrets } from "@/lib/services/integrations/secrets";
import { createPushSender } from "@/lib/services/senders/create-push";
import { getSenderHistory } from "@/lib/services/senders/history";
import { getOwnSettings, putOwnSettings } from "@/lib/services/subscriptions/settings";
import { upsertSubscription } from "@/lib/services/subscriptions/upsert";
import { makeInstitution, makeMember } from "@/tests/support/institution";
import { asBrowser } from "@/tests/support/next";
import { asAdmin } from "@/tests/support/outbox";
import { readPage } from "@/tests/support/page-calls";
import { type BrowserSubscription, browserSubscription } from "@/tests/support/push";

const SENDER = "app/(console)/senders/[senderId]/page.tsx";
const SUBSCRIBER = "app/(console)/subscribers/[subscriberId]/page.tsx";

let institutionId: string;
let owner: Awaited<ReturnType<typeof makeMember>>;
let senderId: string;
let body: BrowserSubscription;
let subscriberId: string;

beforeAll(async () => {
  institutionId = await makeInstitution();
  owner = await makeMember(institutionId, "owner");
  const sender = await createPushSender(owner, { name: "Browsers", subject: "mailto:push@example.com" });
  senderId = sender.id;
  body = browserSubscription();
  await upsertSubscription(user("ann-7"), { senderId, ...body });
  await upsertSubscription(user("ben-8"), { senderId, ...browserSubscription(body.identifier) });
  const [row] = await asAdmin<{ id: string }>("SELECT id FROM subscriber WHERE institution_id = $1 AND external_id = 'ann-7'", [
    institutionId,
  ]);
  subscriberId = row?.id ?? "";
});

const user = (externalId: string) => {
  const credential = { id: newId(), kind: "public_key", scopes: ["subscriptions:write"], access: "write" } as const;
  return { ...owner, actor: { type: "subscriber", institutionId, externalId, credential } as const };
};

const read = async (as: typeof owner, file: string, params: Record<string, string>) => {
  const visit = await asBrowser({ as }, () => readPage(file, { params }));
  return visit.kind === "answer" ? String(visit.value) : visit.kind;
};

test("a push sender's page shows whose subscriptions it has, and that nothing is sent", async () => {
  const page = await read(owner, SENDER, { senderId });
  for (const shown of [senderId, "mailto:push@example.com", "ann-7", "ben-8", "does not send push or chat messages yet"]) {
    expect(page).toContain(shown);
  }
  expect(page).toContain(`fcm.googleapis.com/…${body.identifier.slice(-4)}`);
  expect(page).toContain("The same address belongs to another person now.");
  // what belongs to senders of mail and texts
  for (const absent of ["Make default", "Duplicate", "Last messages"]) expect(page).not.toContain(absent);
});

test("its history is the sender's own: what an application keeps there for its users leaves room for it", async () => {
  await putOwnSettings(user("ann-7"), { senderId, settings: { device_tokens: ["a"] } });
  await asAdmin("UPDATE subscription_settings SET settings = 'v1.nothing' WHERE institution_id = $1", [institutionId]);
  await expect(getOwnSettings(user("ann-7"), { senderId })).rejects.toMatchObject({ code: "precondition_failed" });
  const { entries } = await getSenderHistory(owner, { senderId });
  expect(entries.map(({ action, actor }) => [action, actor.kind])).toEqual([
    ["crypt_decrypt_fail", "program"],
    ["sender.created", "you"],
  ]);
});

test("the command that would make it again has its remark", async () => {
  const remarked = await createPushSender(owner, { name: "Remarked", remark: "For the app", subject: "mailto:push@example.com" });
  expect(senderView(remarked).request.body).toEqual({ name: "Remarked", remark: "For the app", subject: "mailto:push@example.com" });
  expect(notiflowsView(remarked)?.request.path).toBe(`/user/v1/channels/${remarked.id}/subscriptions`);
});

test("a subscriber's page shows theirs", async () => {
  const page = await read(owner, SUBSCRIBER, { subscriberId });
  for (const shown of ["Browsers", `fcm.googleapis.com/…${body.identifier.slice(-4)}`, "Stopped"]) expect(page).toContain(shown);
});

test("R45: no page holds a private key, a subscription's secret, or an endpoint as a whole", async () => {
  const [account] = await asAdmin<{ id: string; secrets: string }>("SELECT id, secrets FROM integration WHERE institution_id = $1", [
    institutionId,
  ]);
  const { privateKey = "" } = openSecrets(account?.secrets ?? null, integrationPlace(institutionId, account?.id ?? "", 1));
  const pages = [
    await read(owner, SENDER, { senderId }),
    await read(owner, SUBSCRIBER, { subscriberId }),
    await read(owner, "app/(console)/senders/page.tsx", {}),
  ];
  for (const page of pages) for (const secret of [privateKey, body.settings.auth, body.identifier]) expect(page).not.toContain(secret);
});

test("R61: to another institution's admin it is a page that is not there", async () => {
  const stranger = await makeMember(await makeInstitution(), "owner");
  expect([await read(stranger, SENDER, { senderId }), await read(stranger, SUBSCRIBER, { subscriberId })]).toEqual([
    "not_found",
    "not_found",
  ]);
});

test("the list of senders has it beside the others", async () => {
  const page = await read(owner, "app/(console)/senders/page.tsx", {});
  for (const shown of ["Browsers", "Web push", "Keeps subscriptions"]) expect(page).toContain(shown);
});
