import "server-only";
import { redirect } from "next/navigation";
import { signInHref } from "@/lib/actions/sign-in-href";
import type { AccountActor, Context, MemberActor } from "@/lib/auth/actor";
import { currentContext } from "@/lib/auth/session";

export type SignedInContext = Context & { actor: MemberActor | AccountActor };

/** As `pageContext`, for pages about the person: they need no institution. */
export async function accountContext(): Promise<SignedInContext> {
  const { actor, request } = await currentContext();
  if (actor.type !== "member" && actor.type !== "account") {
    redirect(await signInHref());
  }
  return { actor, request };
}
