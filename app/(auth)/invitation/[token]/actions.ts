"use server";

import { redirect } from "next/navigation";
import { formAction, text } from "@/lib/actions/form-action";
import { plainAction } from "@/lib/actions/plain-action";
import { clearSessionCookie, writeSessionCookie } from "@/lib/auth/session";
import { HOME, safeNext } from "@/lib/core/safe-next";
import { acceptInvitation } from "@/lib/services/members/accept-invitation";
import { signOut } from "@/lib/services/session/sign-out";

/** Joins as whoever is signed in. */
export const joinAction = formAction(
  async (ctx, form) => {
    await acceptInvitation(ctx, { token: text(form, "token") });
    redirect(HOME);
  },
  { secret: ["token"] },
);

/** Makes an account for the invited address, and joins. */
export const joinWithAccountAction = formAction(
  async (ctx, form) => {
    const given = { token: text(form, "token"), name: text(form, "name"), password: text(form, "password") };
    const session = await acceptInvitation(ctx, given);
    await writeSessionCookie({ id: session.sessionId, userId: session.userId });
    redirect(HOME);
  },
  { secret: ["password", "token"] },
);

/** For somebody else than the invited person: signs them out and comes back. */
export const otherAccountAction = plainAction(async (ctx, form) => {
  if (ctx.actor.type === "member" || ctx.actor.type === "account") {
    await signOut(ctx);
  }
  await clearSessionCookie();
  redirect(safeNext(`/invitation/${encodeURIComponent(text(form, "token"))}`));
});
