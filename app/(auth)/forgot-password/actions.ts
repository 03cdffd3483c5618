"use server";

import { getTranslations } from "next-intl/server";
import { formAction, text } from "@/lib/actions/form-action";
import { requestPasswordReset } from "@/lib/services/account/request-password-reset";

export const forgotPasswordAction = formAction(async (ctx, form) => {
  await requestPasswordReset(ctx, { email: text(form, "email") });
  const t = await getTranslations("auth");
  return { status: "ok", message: t("forgot.sent") };
});
