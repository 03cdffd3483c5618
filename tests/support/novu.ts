import { env } from "@/lib/env";
import { createIntegration } from "@/lib/services/integrations/create";
import { createSubscriber } from "@/lib/services/subscribers/create";
import { makeInstitution, makeMember } from "@/tests/support/institution";
import { callProgram, makeKey } from "@/tests/support/programs";

const BASE = "(dialects)/(novu)/v1";

interface Asked {
  key?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

/** What Next does with a request of this API: the file by the path, as its folders say. */
export function callNovu(method: string, path: string, { key, body, headers = {} }: Asked = {}): Promise<Response> {
  const [collection = "", identifier, step, ...more] = new URL(path, "http://x").pathname.split("/").slice(2);
  const known = ["channel-connections", "channel-endpoints"].includes(collection) && more.length === 0;
  const folder = [collection, ...(identifier === undefined ? [] : ["[identifier]"]), ...(step === undefined ? [] : [step])].join("/");
  const file = known && (step === undefined || step === "verify") ? `${BASE}/${folder}/route.ts` : `${BASE}/[[...rest]]/route.ts`;
  const authorization = key === undefined ? {} : { authorization: `ApiKey ${key}` };
  return callProgram({
    file,
    method,
    path,
    ...(identifier === undefined ? {} : { params: { identifier } }),
    headers: { ...authorization, ...headers },
    body,
  });
}

/** An institution whose program has a Slack account, a subscriber and a key: what the API's own page starts from. */
export async function novuWorld() {
  Object.assign(env().limits, { requestsPerCredential: { perMinute: 100_000, burst: 10_000 } });
  const institutionId = await makeInstitution();
  const admin = await makeMember(institutionId, "admin");
  const integration = await createIntegration(admin, { provider: "slack", name: "Slack", identifier: "slack-prod", config: {} });
  const subscriber = await createSubscriber(admin, { externalId: "subscriber-123" });
  const { key, id: keyId } = await makeKey(institutionId);
  const call = (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
    callNovu(method, path, { key, body, ...(headers ? { headers } : {}) });
  return { institutionId, admin, integration, subscriber, key, keyId, call };
}

export type NovuWorld = Awaited<ReturnType<typeof novuWorld>>;

/** The request of the API's own page, its placeholders filled in. */
export const SAMPLE = {
  identifier: "slack-prod-user123-abc4",
  subscriberId: "subscriber-123",
  context: { property1: "org-acme", property2: "org-acme" },
  integrationIdentifier: "slack-prod",
  workspace: { id: "T123456", name: "Acme HQ" },
  auth: { accessToken: "Workspace access token" },
};

export const NOVU_CONNECTIONS = "/v1/channel-connections";
export const NOVU_ENDPOINTS = "/v1/channel-endpoints";
