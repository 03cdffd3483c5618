"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { atFields } from "@/lib/actions/at-fields";
import { formAction, text } from "@/lib/actions/form-action";
import { configFromForm, secretsOf } from "@/lib/channels/form-spec-for";
import { CATALOGUE, catalogueEntry, credentialForm } from "@/lib/channels/providers/catalogue/registry";
import { AppError, fieldError } from "@/lib/core/errors";
import { configureIntegration } from "@/lib/services/integrations/configure";
import { createIntegration } from "@/lib/services/integrations/create";
import { deleteIntegration } from "@/lib/services/integrations/delete";
import { getIntegration } from "@/lib/services/integrations/get";
import { renameIntegration } from "@/lib/services/integrations/rename";

const secret = [...new Set(CATALOGUE.flatMap(({ form }) => secretsOf(form)))];
const id = (form: FormData) => text(form, "integrationId");

export const createIntegrationAction = formAction(
  async (ctx, form) => {
    const provider = text(form, "provider");
    const type = catalogueEntry(provider)?.form;
    if (!type) {
      throw fieldError("provider", "invalid");
    }
    const identifier = text(form, "identifier").trim();
    const config = configFromForm(type, (name) => text(form, name));
    const given = { provider, name: text(form, "accountName"), config, ...(identifier ? { identifier } : {}) };
    const made = await atFields(createIntegration(ctx, given), { "config.": "", name: "accountName" });
    redirect(`/integrations/${made.id}`);
  },
  { secret },
);

export const renameIntegrationAction = formAction(async (ctx, form) => {
  const given = { name: text(form, "name"), identifier: text(form, "identifier").trim() };
  const { id: integrationId } = await renameIntegration(ctx, { integrationId: id(form), ...given });
  return saved(integrationId);
});

export const configureIntegrationAction = formAction(
  async (ctx, form) => {
    const integration = await getIntegration(ctx, { integrationId: id(form) });
    const type = credentialForm(integration.provider);
    if (!type) {
      throw new AppError("precondition_failed", { reason: "unknownProvider" });
    }
    const stored = integration.secrets.map(({ field }) => field);
    const config = configFromForm(type, (name) => text(form, name), stored);
    await atFields(configureIntegration(ctx, { integrationId: integration.id, config }), { "config.": "" });
    return saved(integration.id);
  },
  { secret },
);

export const deleteIntegrationAction = formAction(async (ctx, form) => {
  await deleteIntegration(ctx, { integrationId: id(form) });
  redirect("/integrations");
});

async function saved(integrationId: string) {
  revalidatePath(`/integrations/${integrationId}`);
  const t = await getTranslations("integrations");
  return { status: "ok", message: t("saved") } as const;
}
