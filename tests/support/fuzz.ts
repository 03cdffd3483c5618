import fc from "fast-check";
import { newId } from "@/lib/core/ids";
import { toBizId } from "@/lib/dialects/slaunchx/ids";
import type { OpenApiDocument, OperationObject, Parameter } from "@/lib/http/openapi/document";
import { arbitraryOf, bodyOf, type KnownIds } from "@/tests/support/arbitrary";
import type { ServedHandler } from "@/tests/support/described";
import { makeApplication, makeChannel } from "@/tests/support/notiflows";
import { asAdmin } from "@/tests/support/outbox";
import { makeKey } from "@/tests/support/programs";
import { load, routes } from "@/tests/support/site";
import { makeAccessToken, userToken } from "@/tests/support/tokens";
import { furnish } from "@/tests/support/two-institutions";

/** A client of one of the APIs, with things of its own to name. */
export interface Client {
  headers: Record<string, string>;
  ids: KnownIds;
}

/** A furnished institution, and a credential of it as that API takes one. */
export async function clientOf(api: string): Promise<Client> {
  const { ids, people } = await furnish();
  const { institutionId } = ids;
  const person = people.owner.actor.userId;
  const same = Object.fromEntries(Object.entries(ids).map(([name, id]) => [name, [id]]));
  const points = { contactPointId: [ids.contactPointId, ids.unprovenId, ids.changingId, ids.inAppId, ids.deletedId] };
  const native: KnownIds = {
    ...same,
    ...points,
    senderId: [ids.senderId, ids.textSenderId, ids.pushSenderId],
    // not the account for texts: its provider would be asked for numbers
    integrationId: [ids.integrationId, ids.spareIntegrationId, ids.chatIntegrationId],
    numberId: [ids.phoneNumberId],
    keyId: [ids.apiKeyId],
  };
  switch (api) {
    case "native":
      return { headers: { "x-api-key": (await makeKey(institutionId, { userId: person })).key }, ids: native };
    case "closient":
      return { headers: { "x-api-key": (await makeKey(institutionId, { userId: person })).key }, ids: { id: points.contactPointId } };
    case "votel":
      return {
        headers: { "x-api-key": (await makeKey(institutionId)).key },
        ids: {
          id: [ids.senderId, ids.textSenderId],
          integration_id: native["integrationId"] ?? [],
          email_domain_id: [ids.emailDomainId],
          phone_number_id: [ids.phoneNumberId],
        },
      };
    case "novu":
      return { headers: { authorization: `ApiKey ${(await makeKey(institutionId)).key}` }, ids: await namesOf(institutionId) };
    case "slaunchx": {
      const { authorization } = await makeAccessToken({ institutionId, userId: person });
      return {
        headers: { authorization },
        ids: { bizId: [toBizId("channel", ids.senderId)], institutionBizId: [toBizId("institution", institutionId)] },
      };
    }
    default: {
      const { apiKey, signing, channelId, institutionId: own } = await makeApplication();
      return {
        headers: { "x-notiflows-api-key": apiKey, "x-notiflows-user-key": userToken(signing, "user-1") },
        ids: { channel_id: [channelId, await makeChannel(own, "chat")] },
      };
    }
  }
}

/** What Novu's API calls things. */
async function namesOf(institutionId: string): Promise<KnownIds> {
  const read = async (sql: string) => (await asAdmin<{ name: string }>(sql, [institutionId])).map(({ name }) => name);
  const connections = await read("SELECT identifier AS name FROM connection WHERE institution_id = $1");
  const endpoints = await read("SELECT identifier AS name FROM endpoint WHERE institution_id = $1");
  return {
    connectionIdentifier: connections,
    identifier: [...connections, ...endpoints, `new-${newId().slice(0, 8)}`],
    integrationIdentifier: await read("SELECT identifier AS name FROM integration WHERE institution_id = $1"),
    subscriberId: await read("SELECT external_id AS name FROM subscriber WHERE institution_id = $1"),
  };
}

/** One request: the path with its parameters filled in, the query, and a body where one belongs. */
export interface FuzzedRequest {
  params: Record<string, string>;
  query: Record<string, string | string[]>;
  body?: unknown;
}

export function requestOf({ parameters, requestBody }: OperationObject, ids: KnownIds): fc.Arbitrary<FuzzedRequest> {
  const body = requestBody?.content["application/json"].schema;
  const where = (place: Parameter["in"]) => parameters.filter((parameter) => parameter.in === place);
  const valuesOf = (place: "path" | "query") =>
    Object.fromEntries(where(place).map(({ name, schema }) => [name, arbitraryOf(schema, ids, name).map(written)]));
  return fc.record({
    params: fc.record(valuesOf("path")) as fc.Arbitrary<Record<string, string>>,
    query: fc.record(valuesOf("query"), { requiredKeys: where("query").flatMap(({ name, required }) => (required ? [name] : [])) }),
    ...(body ? { body: bodyOf(body, ids) } : {}),
  }) as fc.Arbitrary<FuzzedRequest>;
}

/** As a URL can hold it: half a surrogate pair is no text there, and no step of a path is empty. */
function written(value: unknown): string | string[] {
  return Array.isArray(value) ? value.map((each) => written(each) as string) : String(value).toWellFormed() || "-";
}

/** The URL's path and query. */
export function pathOf(pattern: string, { params, query }: FuzzedRequest): string {
  const path = pattern.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ""));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) for (const each of [value].flat()) search.append(name, each);
  return search.size > 0 ? `${path}?${search}` : path;
}

/** The file below `app/` that serves each path of an API. */
export async function filesOf(api: string, { paths }: OpenApiDocument): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const folder = api === "native" ? "app/api/v1/" : `app/(dialects)/(${api})/`;
  for (const file of routes().filter((each) => each.startsWith(folder))) {
    const { served } = ((await load(file)) as { POST: ServedHandler }).POST;
    const own = `/${file.replace(/^app\/|\/route\.ts$/g, "")}`.replaceAll(/\[(\w+)\]/g, "{$1}");
    found.set(served?.pattern ?? own, file.replace(/^app\//, ""));
  }
  return new Map([...found].filter(([pattern]) => pattern in paths));
}
