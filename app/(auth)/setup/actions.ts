"use server";

import { redirect } from "next/navigation";
import { formAction, text } from "@/lib/actions/form-action";
import { writeSessionCookie } from "@/lib/auth/session";
import { HOME } from "@/lib/core/safe-next";
import { createFirstInstitution } from "@/lib/services/setup/create-first-institution";

export const setupAction = formAction(
  async (ctx, form) => {
    const session = await createFirstInstitution(ctx, {
      token: text(form, "token"),
      institutionName: text(form, "institutionName"),
      defaultCountry: text(form, "defaultCountry"),
      defaultLocale: text(form, "defaultLocale"),
      name: text(form, "name"),
      email: text(form, "email"),
      password: text(form, "password"),
    });
    await writeSessionCookie({ id: session.sessionId, userId: session.userId });
    redirect(HOME);
  },
  { secret: ["password", "token"] },
);
