import type { Context } from "@/lib/auth/actor";

/** The context of a person who just proved who they are: what they do next is theirs in the audit log. */
export function asPerson(ctx: Context, person: { userId: string; sessionId: string; name: string; email: string }): Context {
  return { ...ctx, actor: { type: "account", ...person } };
}
