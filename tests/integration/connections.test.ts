import { beforeEach, describe, expect, test } from "vitest";
import { env } from "@/lib/env";
import { checkConnection } from "@/lib/services/connections/check";
import { createConnection } from "@/lib/services/connections/create";
import { getConnection } from "@/lib/services/connections/get";
import { listConnections } from "@/lib/services/connections/list";
import { openTokens } from "@/lib/services/connections/secrets";
import { updateConnection } from "@/lib/services/connections/update";
import { listEndpoints } from "@/lib/services/endpoints/list";
import { createIntegration } from "@/lib/services/integrations/create";
import { createSubscriber } from "@/lib/services/subscribers/create";
import { post } from "@/tests/support/action-calls";
import { makeInstitution, makeMember } from "@/tests/support/institution";
import { asAdmin } from "@/tests/support/outbox";
import { refusal } from "@/tests/support/senders";
import type { Person } from "@/tests/support/two-institutions";
import { type FakeApi, startFakeApi } from "@/tests/support/vendors/fake-api";

let institutionId: string;
let admin: Person;
let integrationId: string;
let slack: FakeApi;

const TOKEN = "xoxb-of-the-workspace";

beforeEach(async () => {
  institutionId = await makeInstitution();
  admin = await makeMember(institutionId, "admin");
  ({ id: integrationId } = await createIntegration(admin, { provider: "slack", name: "Slack", identifier: "slack" }));
  slack = await startFakeApi(({ headers }) => ({
    status: 200,
    body: headers.authorization === `Bearer ${TOKEN}` ? { ok: true } : { ok: false, error: "token_revoked" },
  }));
  Object.assign(env(), { slackApiUrl: slack.url });
  Object.assign(env().reach, slack.reach);
  return () => slack.stop();
});

const given = (more: object = {}) => ({
  integrationId,
  context: { tenant: "acme" },
  workspace: { id: "T1", name: "Acme" },
  auth: { accessToken: TOKEN },
  ...more,
});
const stored = async (id: string) => {
  const [row] = await asAdmin<{ secrets: string; v: number; result: string | null; checked: Date | null }>(
    "SELECT secrets, secrets_version AS v, check_result AS result, checked_at AS checked FROM connection WHERE id = $1",
    [id],
  );
  if (!row) throw new Error("no such connection");
  return row;
};
const tokens = async (id: string) => {
  const { secrets, v } = await stored(id);
  return openTokens(secrets, institutionId, id, v);
};

describe("tokens", () => {
  test("R50: open in their own row and version alone", async () => {
    const [one, two] = [await createConnection(admin, given()), await createConnection(admin, given({ context: { tenant: "other" } }))];
    const { secrets } = await stored(one.id);
    await asAdmin("UPDATE connection SET secrets = $2 WHERE id = $1", [two.id, secrets]);
    expect(await refusal(checkConnection(admin, { connectionId: two.id }))).toMatchObject({
      code: "precondition_failed",
      reason: "tokenUnreadable",
    });
    await asAdmin("UPDATE connection SET secrets_version = 2 WHERE id = $1", [one.id]);
    expect(await refusal(checkConnection(admin, { connectionId: one.id }))).toMatchObject({ reason: "tokenUnreadable" });
    expect(slack.calls).toHaveLength(0);
    const traces = await asAdmin("SELECT 1 FROM audit_event WHERE institution_id = $1 AND action = 'crypt_decrypt_fail'", [institutionId]);
    expect(traces).toHaveLength(2);
    expect(await getConnection(admin, { connectionId: two.id })).toMatchObject({ workspace: { id: "T1" } });
  });

  test("a new one takes the stored one's place, and what was said of that is forgotten", async () => {
    const { id } = await createConnection(admin, given());
    expect(await checkConnection(admin, { connectionId: id })).toMatchObject({ checkResult: "ok" });
    const auth = { accessToken: "another", refreshToken: "refresh", expiresAt: "2030-01-01T00:00:00+01:00" };
    const after = await updateConnection(admin, { connectionId: id, workspace: { id: "T2" }, auth });
    expect(after).toMatchObject({
      workspace: { id: "T2", name: null },
      checkResult: null,
      checkedAt: null,
      expiresAt: "2029-12-31T23:00:00.000Z",
    });
    expect(await tokens(id)).toEqual({ accessToken: "another", refreshToken: "refresh" });
    expect((await stored(id)).v).toBe(2);
    expect(await refusal(checkConnection(admin, { connectionId: id }))).toMatchObject({
      code: "provider_failed",
      reason: "connectionRefused",
    });
    expect(await stored(id)).toMatchObject({ result: "refused" });
  });

  test("a verdict on a token that was replaced meanwhile is not the new one's", async () => {
    const { id } = await createConnection(admin, given({ auth: { accessToken: "revoked" } }));
    slack.fault = "silence";
    const checking = refusal(checkConnection(admin, { connectionId: id }));
    while (slack.calls.length === 0) await new Promise((resolve) => setImmediate(resolve));
    // nothing is locked meanwhile
    await updateConnection(admin, { connectionId: id, workspace: { id: "T1" }, auth: { accessToken: TOKEN } });
    await slack.stop();
    expect(await checking).toMatchObject({ code: "provider_failed", reason: "connectionUnreachable" });
    expect(await stored(id)).toMatchObject({ result: null, v: 2 });
  });

  test("50 replacements at once: the last one stands whole", async () => {
    const { id } = await createConnection(admin, given());
    const update = (n: number) =>
      updateConnection(admin, { connectionId: id, workspace: { id: `T${n}` }, auth: { accessToken: `token ${n}` } });
    await Promise.all(Array.from({ length: 50 }, (_, n) => update(n)));
    const { workspace } = await getConnection(admin, { connectionId: id });
    expect(await tokens(id)).toEqual({ accessToken: `token ${workspace.id.slice(1)}` });
    expect((await stored(id)).v).toBe(51);
  });
});

describe("in the console", () => {
  const ACTIONS = "app/(console)/connections/actions.ts";
  const ENDPOINTS = "app/(console)/endpoints/actions.ts";
  const browser = () => ({ as: admin });
  const form = (more: Record<string, string> = {}) => ({
    integrationId,
    externalId: "subscriber-1",
    contexts: "tenant:acme\n\nregion: eu\n",
    workspaceId: "T1",
    workspaceName: "Acme",
    accessToken: TOKEN,
    refreshToken: "",
    identifier: "",
    ...more,
  });

  test("a workspace is connected, checked, given another token, and gets an endpoint", async () => {
    await createSubscriber(admin, { externalId: "subscriber-1" });
    expect((await post(`${ACTIONS}#createConnectionAction`, browser(), form())).code).toBe("fine");
    const [made] = (await listConnections(admin, {})).items;
    expect(made).toMatchObject({
      subscriber: { externalId: "subscriber-1" },
      contextKeys: ["tenant:acme", "region:eu"],
      mode: "subscriber",
    });
    const connectionId = made?.id ?? "";
    expect((await post(`${ACTIONS}#checkConnectionAction`, browser(), { connectionId })).code).toBe("fine");
    const replaced = { connectionId, workspaceId: "T1", workspaceName: "Acme HQ", accessToken: "", refreshToken: "" };
    expect((await post(`${ACTIONS}#updateConnectionAction`, browser(), replaced)).code).toBe("fine");
    expect([await tokens(connectionId), (await stored(connectionId)).result]).toEqual([{ accessToken: TOKEN }, "ok"]);
    const endpoint = { integrationId, connectionId, externalId: "subscriber-1", type: "slack_channel", channelId: "C1", identifier: "" };
    expect((await post(`${ENDPOINTS}#createEndpointAction`, browser(), endpoint)).code).toBe("fine");
    const [added] = (await listEndpoints(admin, { connectionId })).items;
    expect(added).toMatchObject({ type: "slack_channel", endpoint: { channelId: "C1" } });
    expect(added?.connection).toEqual({ id: connectionId, identifier: made?.identifier, workspace: { id: "T1", name: "Acme HQ" } });
    const moved = await post(`${ENDPOINTS}#updateEndpointAction`, browser(), { endpointId: added?.id ?? "", channelId: "C2" });
    expect(moved.state).toEqual({ status: "ok", message: "Saved." });
    expect((await post(`${ACTIONS}#deleteConnectionAction`, browser(), { connectionId })).code).toBe("fine");
    expect((await listEndpoints(admin, {})).items).toMatchObject([{ connection: null }]);
  });

  test("what is refused stands at its field, and no token comes back with it", async () => {
    const refused = async (more: Record<string, string>) => {
      const { state } = await post(`${ACTIONS}#createConnectionAction`, browser(), form({ accessToken: "very secret", ...more }));
      expect(JSON.stringify(state)).not.toContain("very secret");
      return state?.status === "error" ? [state.code, ...(state.fields ?? []).flatMap(({ path, message }) => [path, message])] : state;
    };
    expect(await refused({ workspaceId: "" })).toEqual(["validation", "workspaceId", "Fill this in."]);
    expect(await refused({ externalId: "", contexts: "" })).toEqual(["validation", "externalId", "Fill this in."]);
    for (const contexts of ["no colon", "a:1\na:2", "team:a b", "a:b:c", `${"x".repeat(101)}:1`]) {
      expect(await refused({ contexts }), contexts).toEqual(["validation", "contexts", expect.stringMatching(/^Write one type:id a line/)]);
    }
    expect(await refused({ contexts: "a:1\nb:1\nc:1\nd:1\ne:1\nf:1" })).toEqual(["validation", "contexts", "Name 1 to 5 contexts."]);
    const { id: discord } = await createIntegration(admin, { provider: "discord", name: "Discord" });
    expect(await refused({ integrationId: discord, refreshToken: "r" })).toEqual(["validation", "refreshToken", "Leave this empty."]);
    expect(await refused({})).toEqual(["not_found"]);
    const { state } = await post(`${ACTIONS}#createConnectionAction`, browser(), form({ accessToken: "", externalId: "" }));
    expect(state).toMatchObject({ status: "error", fields: [{ path: "accessToken" }] });
  });

  test("a provider that refuses is told to whoever asked, and shows afterwards", async () => {
    const { id: connectionId } = await createConnection(admin, given({ auth: { accessToken: "revoked" } }));
    expect(await post(`${ACTIONS}#checkConnectionAction`, browser(), { connectionId })).toMatchObject({ code: "provider_failed" });
    expect((await getConnection(admin, { connectionId })).checkResult).toBe("refused");
  });
});
