"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { formAction, text } from "@/lib/actions/form-action";
import { HOME } from "@/lib/core/safe-next";
import { LOCALES } from "@/lib/i18n/locales";
import { createInstitution } from "@/lib/services/institution/create-institution";
import { updateInstitution } from "@/lib/services/institution/update-institution";

export const updateInstitutionAction = formAction(async (ctx, form) => {
  await updateInstitution(ctx, given(form));
  revalidatePath("/", "layout");
  const t = await getTranslations("institution");
  return { status: "ok", message: t("saved") };
});

export const createInstitutionAction = formAction(async (ctx, form) => {
  await createInstitution(ctx, given(form));
  revalidatePath("/", "layout");
  redirect(HOME);
});

function given(form: FormData) {
  return {
    name: text(form, "name"),
    defaultCountry: text(form, "defaultCountry"),
    defaultLocale: text(form, "defaultLocale"),
    locales: LOCALES.filter((locale) => form.has(`locales.${locale}`)),
  };
}
