"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { formAction, text } from "@/lib/actions/form-action";
import { createChatSender, createPushSender } from "@/lib/services/senders/create-push";
import { setPushSubject } from "@/lib/services/senders/set-push-subject";
import { updateSender } from "@/lib/services/senders/update";
import { deleteSubscription } from "@/lib/services/subscriptions/delete";

const own = (form: FormData) => ({ name: text(form, "name"), remark: text(form, "remark") });

export const addPushSenderAction = formAction(async (ctx, form) => {
  const { id } = await createPushSender(ctx, { ...own(form), subject: text(form, "subject") });
  redirect(`/senders/${id}`);
});

export const addChatSenderAction = formAction(async (ctx, form) => {
  const { id } = await createChatSender(ctx, { ...own(form), integrationId: text(form, "integrationId") });
  redirect(`/senders/${id}`);
});

/** The contact first: what it refuses leaves the name as it was. */
export const updateSubscriptionSenderAction = formAction(async (ctx, form) => {
  const senderId = text(form, "senderId");
  if (form.has("subject")) {
    await setPushSubject(ctx, { senderId, subject: text(form, "subject") });
  }
  await updateSender(ctx, { senderId, ...own(form) });
  revalidatePath("/senders", "layout");
  const t = await getTranslations("subscriptions");
  return { status: "ok", message: t("saved") };
});

export const deleteSubscriptionAction = formAction(async (ctx, form) => {
  await deleteSubscription(ctx, { subscriptionId: text(form, "subscriptionId") });
  revalidatePath("/", "layout");
  const t = await getTranslations("subscriptions");
  return { status: "ok", message: t("delete.deleted") };
});
