"use server";

import { redirect } from "next/navigation";
import { formAction, text } from "@/lib/actions/form-action";
import { clearSessionCookie } from "@/lib/auth/session";
import { resetPassword } from "@/lib/services/account/reset-password";

export const resetPasswordAction = formAction(
  async (ctx, form) => {
    await resetPassword(ctx, { token: text(form, "token"), password: text(form, "password") });
    await clearSessionCookie();
    redirect("/sign-in?notice=reset");
  },
  { secret: ["password", "token"] },
);
