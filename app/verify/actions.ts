"use server";

import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { formAction, text } from "@/lib/actions/form-action";
import { confirmLink } from "@/lib/services/verifications/confirm-link";
import { repudiateLink } from "@/lib/services/verifications/repudiate-link";
import { submitPublicCode } from "@/lib/services/verifications/submit-public";

export const confirmLinkAction = formAction(
  async (ctx, form) => {
    await confirmLink(ctx, { token: text(form, "token") });
    redirect("/verify/done");
  },
  { secret: ["token"] },
);

export const repudiateLinkAction = formAction(
  async (ctx, form) => {
    await repudiateLink(ctx, { token: text(form, "token") });
    redirect("/verify/refused");
  },
  { secret: ["token"] },
);

export const submitPublicCodeAction = formAction(
  async (ctx, form) => {
    await submitPublicCode(ctx, { number: text(form, "number"), country: text(form, "numberCountry"), code: text(form, "code") });
    const t = await getTranslations("verify");
    return { status: "ok", message: t("public.done") };
  },
  { secret: ["code"] },
);
