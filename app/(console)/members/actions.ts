"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { formAction, text } from "@/lib/actions/form-action";
import { changeRole } from "@/lib/services/members/change-role";
import { inviteMember } from "@/lib/services/members/invite-member";
import { removeMember } from "@/lib/services/members/remove-member";
import { revokeInvitation } from "@/lib/services/members/revoke-invitation";

export const inviteMemberAction = formAction(async (ctx, form) => {
  await inviteMember(ctx, { email: text(form, "email"), role: text(form, "role") });
  revalidatePath("/members");
  redirect("/members");
});

export const resendInvitationAction = formAction(async (ctx, form) => {
  await inviteMember(ctx, { email: text(form, "email"), role: text(form, "role") });
  revalidatePath("/members");
});

export const revokeInvitationAction = formAction(async (ctx, form) => {
  await revokeInvitation(ctx, { invitationId: text(form, "invitationId") });
  revalidatePath("/members");
});

export const changeRoleAction = formAction(async (ctx, form) => {
  await changeRole(ctx, { memberId: text(form, "memberId"), role: text(form, "role") });
  revalidatePath("/", "layout");
  const t = await getTranslations("members");
  return { status: "ok", message: t("member.saved") };
});

export const removeMemberAction = formAction(async (ctx, form) => {
  const { left } = await removeMember(ctx, { memberId: text(form, "memberId"), revokeKeys: form.has("revokeKeys") });
  revalidatePath("/", "layout");
  redirect(left ? "/account" : "/members");
});
