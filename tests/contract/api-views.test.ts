import { beforeAll, expect, test } from "vitest";
import { connectionView, contactPointView, endpointView, senderView } from "@/app/(console)/native-views";
import { documentOf } from "@/app/api/openapi/apis";
import { closientView } from "@/lib/dialects/closient/view";
import { notiflowsView } from "@/lib/dialects/notiflows/view";
import { novuConnectionView, novuEndpointView } from "@/lib/dialects/novu/view";
import { slaunchxView } from "@/lib/dialects/slaunchx/view";
import { votelView } from "@/lib/dialects/votel/view";
import type { ApiView } from "@/lib/http/api-view";
import { getConnection } from "@/lib/services/connections/get";
import { createContactPoint } from "@/lib/services/contact-points/create";
import { deleteContactPoint } from "@/lib/services/contact-points/delete";
import { getContactPoint } from "@/lib/services/contact-points/get";
import { getEndpoint } from "@/lib/services/endpoints/get";
import { getSender } from "@/lib/services/senders/get";
import { getBoundSender } from "@/lib/services/senders/get-bound";
import { validatorOf } from "@/tests/support/described";
import { callProgram, makeKey } from "@/tests/support/programs";
import { furnish, type Institution } from "@/tests/support/two-institutions";

let given: Institution;

beforeAll(async () => {
  given = await furnish();
});

/** Every view that a page of the console shows. */
async function views(): Promise<ApiView[]> {
  const { ids, people } = given;
  const ctx = people.owner;
  const points = await Promise.all([ids.contactPointId, ids.inAppId].map((contactPointId) => getContactPoint(ctx, { contactPointId })));
  const [mail, text, push] = await Promise.all(
    [ids.senderId, ids.textSenderId, ids.pushSenderId].map((senderId) => getSender(ctx, { senderId })),
  );
  const [connection, endpoint] = [
    await getConnection(ctx, { connectionId: ids.connectionId }),
    await getEndpoint(ctx, { endpointId: ids.endpointId }),
  ];
  const bound = await Promise.all([ids.senderId, ids.textSenderId].map((senderId) => getBoundSender(ctx, { senderId })));
  if (!mail || !text || !push) throw new Error("the senders are not there");
  const all = [
    ...points.flatMap((point) => [contactPointView(point), closientView(point)]),
    ...[mail, text, push].flatMap((sender) => [senderView(sender), slaunchxView(ids.institutionId, sender), notiflowsView(sender)]),
    ...bound.map(votelView),
    ...[connectionView(connection), novuConnectionView(connection), endpointView(endpoint), novuEndpointView(endpoint)],
  ];
  return all.filter((view) => view !== null);
}

test("the request that would create a channel is one that the API's document has, and fits it", async () => {
  const shown = await views();
  expect(new Set(shown.map(({ api }) => api))).toEqual(new Set(["native", "closient", "slaunchx", "votel", "novu", "notiflows"]));
  for (const { api, request } of shown) {
    const document = documentOf(api);
    const same = Object.keys(document?.paths ?? {}).find((path) =>
      new RegExp(`^${path.replaceAll(/\{\w+\}/g, "[^/]+")}$`).test(request.path),
    );
    const methods = document?.paths[request.path] ?? document?.paths[same ?? ""];
    const schema = methods?.[request.method.toLowerCase()]?.requestBody?.content["application/json"].schema;
    if (!document || !schema) throw new Error(`${api} has no ${request.method} ${request.path}`);
    const fits = validatorOf(document, schema);
    const body = JSON.parse(JSON.stringify(request.body).replaceAll(/"<(email_domain_id|phone_number_id)>"/g, `"${given.ids.domainId}"`));
    expect(fits(body), `${api} ${request.path} ${JSON.stringify(fits.errors)}`).toBe(true);
  }
});

test("R45: neither what is shown nor the command has a secret in it", async () => {
  for (const { shown, request } of await views()) {
    const text = JSON.stringify([shown, request]);
    expect(text).not.toMatch(/sk_[A-Za-z0-9]{8}|pk_[A-Za-z0-9]{8}|secret-of-/);
    expect(text).not.toMatch(/"password":"(?!<password>|\*{6}|•+)/);
  }
});

test("a contact point that is gone comes back by the command of its page", async () => {
  const { people, ids } = given;
  const point = await createContactPoint(people.owner, { type: "email", label: "It's mine", config: { email: "again@inside.example" } });
  await deleteContactPoint(people.owner, { contactPointId: point.id });
  const { key } = await makeKey(ids.institutionId, { userId: people.owner.actor.userId });
  const files = {
    native: "api/v1/contact-points/route.ts",
    closient: "(dialects)/(closient)/notifications/api/v1/notifications/channels/route.ts",
  };
  for (const view of [contactPointView(point), closientView(point)]) {
    if (!view) throw new Error("no view");
    const { method, path, body } = view.request;
    const response = await callProgram({ file: files[view.api as keyof typeof files], method, path, headers: { "x-api-key": key }, body });
    expect(response.status, await response.clone().text()).toBe(201);
    const { id } = (await response.json()) as { id: string };
    await deleteContactPoint(people.owner, { contactPointId: id });
  }
});
