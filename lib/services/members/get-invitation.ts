import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import type { Role } from "@/lib/auth/permissions";
import { parseInput } from "@/lib/core/parse-input";
import { findOpenInvitation } from "@/lib/services/people/open-invitation";

const GetInvitation = z.strictObject({ token: z.string().max(100) });

export interface InvitationView {
  institutionName: string;
  invitedBy: string;
  email: string;
  role: Role;
  /**
   * join: signed in as the invited person · sign_in: they have an account · new_account: they have none ·
   * other_account: somebody else is signed in here.
   */
  next: "join" | "sign_in" | "new_account" | "other_account";
}

/** What a mailed invitation says; the token is the permission. Looking changes nothing. */
export async function getInvitation(ctx: Context, input: unknown): Promise<InvitationView> {
  const { token } = parseInput(GetInvitation, input);
  const { institutionName, invitedBy, email, role, userId } = await findOpenInvitation(token);
  return { institutionName, invitedBy, email, role, next: nextStep(ctx, userId) };
}

function nextStep(ctx: Context, userId: string | null): InvitationView["next"] {
  if (ctx.actor.type === "member" || ctx.actor.type === "account") {
    return ctx.actor.userId === userId ? "join" : "other_account";
  }
  return userId ? "sign_in" : "new_account";
}
