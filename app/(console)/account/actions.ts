"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { formAction, text } from "@/lib/actions/form-action";
import { clearSessionCookie } from "@/lib/auth/session";
import { changePassword } from "@/lib/services/account/change-password";
import { deleteAccount } from "@/lib/services/account/delete-account";
import { updateProfile } from "@/lib/services/account/update-profile";
import { revokeAllSessions } from "@/lib/services/session/revoke-all-sessions";
import { revokeSession } from "@/lib/services/session/revoke-session";

export const updateProfileAction = formAction(async (ctx, form) => {
  const locale = text(form, "locale");
  await updateProfile(ctx, { name: text(form, "name"), locale: locale === "browser" ? null : locale, theme: text(form, "theme") });
  revalidatePath("/", "layout");
  const t = await getTranslations("account");
  return { status: "ok", message: t("profile.saved") };
});

export const changePasswordAction = formAction(
  async (ctx, form) => {
    await changePassword(ctx, { currentPassword: text(form, "currentPassword"), newPassword: text(form, "newPassword") });
    revalidatePath("/account");
    const t = await getTranslations("account");
    return { status: "ok", message: t("password.changed") };
  },
  { secret: ["currentPassword", "newPassword"] },
);

export const revokeSessionAction = formAction(async (ctx, form) => {
  await revokeSession(ctx, { sessionId: text(form, "sessionId") });
  revalidatePath("/account");
});

export const revokeOthersAction = formAction(async (ctx) => {
  const ended = await revokeAllSessions(ctx, { keepCurrent: true });
  revalidatePath("/account");
  const t = await getTranslations("account");
  return { status: "ok", message: t("sessions.ended", { count: ended }) };
});

export const revokeAllAction = formAction(async (ctx) => {
  await revokeAllSessions(ctx, { keepCurrent: false });
  await clearSessionCookie();
  redirect("/sign-in");
});

export const deleteAccountAction = formAction(
  async (ctx, form) => {
    await deleteAccount(ctx, { password: text(form, "password") });
    await clearSessionCookie();
    redirect("/sign-in?notice=deleted");
  },
  { secret: ["password"] },
);
