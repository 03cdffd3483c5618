import { beforeAll, expect, test } from "vitest";
import { toBizId } from "@/lib/dialects/slaunchx/ids";
import { listAudit } from "@/lib/services/audit/list";
import { makeInstitution, makeMember } from "@/tests/support/institution";
import { asBrowser } from "@/tests/support/next";
import { asAdmin } from "@/tests/support/outbox";
import { readPage } from "@/tests/support/page-calls";
import { callSlaunchx, sample } from "@/tests/support/slaunchx";
import { makeAccessToken } from "@/tests/support/tokens";

const TOKEN = "app/(console)/keys/tokens/[accessTokenId]/page.tsx";

let institutionId: string;
let owner: Awaited<ReturnType<typeof makeMember>>;
let token: Awaited<ReturnType<typeof makeAccessToken>>;

beforeAll(async () => {
  institutionId = await makeInstitution();
  owner = await makeMember(institutionId, "owner");
  token = await makeAccessToken({ institutionId, userId: owner.actor.userId });
  const { authorization } = token;
  const headers = { "x-client-hash": "device-7f" };
  await callSlaunchx("channels/command/create", { authorization, headers, body: sample(toBizId("institution", institutionId)) });
  await callSlaunchx("channels/query", { authorization, body: { activeOnly: "yes" } });
});

const read = async (file: string, asked: Parameters<typeof readPage>[1] = {}) => {
  const visit = await asBrowser({ as: owner }, () => readPage(file, asked));
  return visit.kind === "answer" ? String(visit.value) : visit.kind;
};

test("an access token's page has its requests with their answers, by the kind of answer too", async () => {
  const params = { accessTokenId: token.id };
  const page = await read(TOKEN, { params });
  for (const shown of ["/web/v1/notification-channels/command/create", "/web/v1/notification-channels/query", "validation"]) {
    expect(page).toContain(shown);
  }
  const refused = await read(TOKEN, { params, search: { status: "4xx" } });
  expect(refused).toContain("validation");
  expect(refused).not.toContain("command/create");
  expect(page).not.toContain(token.token.split(".")[2]);
});

test("the institution's id for SlaunchX stands by its tokens and in its settings, beside its own", async () => {
  const bizId = toBizId("institution", institutionId);
  expect(await read(TOKEN, { params: { accessTokenId: token.id } })).toContain(bizId);
  expect(await read("app/(console)/keys/tokens/new/page.tsx")).toContain(bizId);
  const settings = await read("app/(console)/settings/page.tsx");
  expect(settings).toContain(bizId);
  expect(settings).toContain(institutionId);
});

test("the audit log shows the device that a client names, and a token that is long gone is not called another issuer's", async () => {
  expect(await read("app/(console)/audit/page.tsx")).toContain("device-7f");
  await asAdmin("DELETE FROM access_token WHERE institution_id = $1", [institutionId]);
  const { items } = await listAudit(owner, { action: "sender.created" });
  expect(items).toMatchObject([{ key: { id: token.id, name: null, outside: false } }]);
});
