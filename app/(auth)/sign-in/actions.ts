"use server";

import { redirect } from "next/navigation";
import { formAction, text } from "@/lib/actions/form-action";
import { writeSessionCookie } from "@/lib/auth/session";
import { safeNext } from "@/lib/core/safe-next";
import { signIn } from "@/lib/services/session/sign-in";

export const signInAction = formAction(
  async (ctx, form) => {
    const session = await signIn(ctx, { email: text(form, "email"), password: text(form, "password") });
    await writeSessionCookie({ id: session.sessionId, userId: session.userId });
    redirect(safeNext(text(form, "next")));
  },
  { secret: ["password"] },
);
