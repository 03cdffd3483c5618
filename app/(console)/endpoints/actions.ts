"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { atFields } from "@/lib/actions/at-fields";
import { formAction, text } from "@/lib/actions/form-action";
import { endpointForm } from "@/lib/channels/endpoint-shapes";
import { configFromForm } from "@/lib/channels/form-spec-for";
import { fieldError } from "@/lib/core/errors";
import { createEndpoint } from "@/lib/services/endpoints/create";
import { deleteEndpoint } from "@/lib/services/endpoints/delete";
import { getEndpoint } from "@/lib/services/endpoints/get";
import { updateEndpoint } from "@/lib/services/endpoints/update";

const id = (form: FormData) => text(form, "endpointId");
const NAMES = { "endpoint.": "", subscriberId: "externalId" };

export const createEndpointAction = formAction(async (ctx, form) => {
  const [connectionId, identifier] = [text(form, "connectionId"), text(form, "identifier").trim()];
  const made = createEndpoint(ctx, {
    integrationId: text(form, "integrationId"),
    externalId: text(form, "externalId"),
    ...(connectionId ? { connectionId } : {}),
    ...(identifier ? { identifier } : {}),
    ...endpointOf(form),
  });
  const { id: endpointId } = await atFields(made, NAMES);
  redirect(`/endpoints/${endpointId}`);
});

export const updateEndpointAction = formAction(async (ctx, form) => {
  const { type } = await getEndpoint(ctx, { endpointId: id(form) });
  form.set("type", type);
  await atFields(updateEndpoint(ctx, { endpointId: id(form), endpoint: endpointOf(form).endpoint }), NAMES);
  revalidatePath(`/endpoints/${id(form)}`);
  const t = await getTranslations("connections");
  return { status: "ok", message: t("saved") };
});

export const deleteEndpointAction = formAction(async (ctx, form) => {
  const { connection, subscriber } = await getEndpoint(ctx, { endpointId: id(form) });
  await deleteEndpoint(ctx, { endpointId: id(form) });
  redirect(connection ? `/connections/${connection.id}` : subscriber ? `/subscribers/${subscriber.id}` : "/connections");
});

function endpointOf(form: FormData) {
  const type = endpointForm(text(form, "type"));
  if (!type) {
    throw fieldError("type", "invalid");
  }
  return { type: type.id, endpoint: configFromForm(type, (name) => text(form, name)) };
}
