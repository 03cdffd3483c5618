import "server-only";
import { redirect } from "next/navigation";
import type { AccountActor, Context, MemberActor } from "@/lib/auth/actor";
import { currentContext } from "@/lib/auth/session";

export type SignedInContext = Context & { actor: MemberActor | AccountActor };

/** As `pageContext`, for pages about the person: they need no institution. */
export async function accountContext(): Promise<SignedInContext> {
  const { actor, request } = await currentContext();
  if (actor.type !== "member" && actor.type !== "account") {
    redirect("/sign-in");
  }
  return { actor, request };
}
