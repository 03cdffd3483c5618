"use server";

import { revalidatePath } from "next/cache";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { text } from "@/lib/actions/form-action";
import { plainAction } from "@/lib/actions/plain-action";
import { clearSessionCookie } from "@/lib/auth/session";
import { secureCookies } from "@/lib/auth/session-token";
import { HOME } from "@/lib/core/safe-next";
import { isLocale } from "@/lib/i18n/locales";
import { updateProfile } from "@/lib/services/account/update-profile";
import { signOut } from "@/lib/services/session/sign-out";
import { switchInstitution } from "@/lib/services/session/switch-institution";

const YEAR_SEC = 365 * 24 * 3600;

export const signOutAction = plainAction(async (ctx) => {
  if (ctx.actor.type === "member" || ctx.actor.type === "account") {
    await signOut(ctx);
  }
  await clearSessionCookie();
  redirect("/sign-in");
});

export const switchInstitutionAction = plainAction(async (ctx, form) => {
  await switchInstitution(ctx, { institutionId: text(form, "institutionId") });
  revalidatePath("/", "layout");
  redirect(HOME);
});

/** Also for whoever is not signed in: the choice is kept in this browser, and with the account if there is one. */
export const setLanguageAction = plainAction(async (ctx, form) => {
  const locale = text(form, "locale");
  if (!isLocale(locale)) {
    return;
  }
  if (ctx.actor.type === "member" || ctx.actor.type === "account") {
    await updateProfile(ctx, { locale });
  }
  const jar = await cookies();
  jar.set("locale", locale, { httpOnly: true, sameSite: "lax", path: "/", secure: secureCookies(), maxAge: YEAR_SEC });
  revalidatePath("/", "layout");
});

export const setThemeAction = plainAction(async (ctx, form) => {
  await updateProfile(ctx, { theme: text(form, "theme") });
  revalidatePath("/", "layout");
});
