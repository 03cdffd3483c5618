"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { formAction, text } from "@/lib/actions/form-action";
import { AppError } from "@/lib/core/errors";
import { checkDomain } from "@/lib/services/domains/check";
import { createDomain } from "@/lib/services/domains/create";
import { deleteDomain } from "@/lib/services/domains/delete";

export const createDomainAction = formAction(async (ctx, form) => {
  const { id } = await createDomain(ctx, { domain: text(form, "domain") });
  await firstLook(checkDomain(ctx, { domainId: id }));
  redirect(`/domains/${id}`);
});

export const checkDomainAction = formAction(async (ctx, form) => {
  const domainId = text(form, "domainId");
  await checkDomain(ctx, { domainId });
  revalidatePath(`/domains/${domainId}`);
  const t = await getTranslations("domains");
  return { status: "ok", message: t("checked") };
});

export const deleteDomainAction = formAction(async (ctx, form) => {
  await deleteDomain(ctx, { domainId: text(form, "domainId") });
  redirect("/domains");
});

/** What stands there already is worth knowing at once; where that is refused, the worker looks in a moment. */
async function firstLook(look: Promise<unknown>): Promise<void> {
  try {
    await look;
  } catch (error) {
    if (!(error instanceof AppError)) {
      throw error;
    }
  }
}
