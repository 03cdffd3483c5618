"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { formAction, text } from "@/lib/actions/form-action";
import { createSubscriber } from "@/lib/services/subscribers/create";
import { deleteSubscriber } from "@/lib/services/subscribers/delete";
import { updateSubscriber } from "@/lib/services/subscribers/update";

export const createSubscriberAction = formAction(async (ctx, form) => {
  const { id } = await createSubscriber(ctx, fieldsOf(form));
  redirect(`/subscribers/${id}`);
});

export const updateSubscriberAction = formAction(async (ctx, form) => {
  const subscriberId = text(form, "subscriberId");
  await updateSubscriber(ctx, { subscriberId, ...fieldsOf(form) });
  revalidatePath(`/subscribers/${subscriberId}`);
  const t = await getTranslations("subscribers");
  return { status: "ok", message: t("saved") };
});

export const deleteSubscriberAction = formAction(async (ctx, form) => {
  await deleteSubscriber(ctx, { subscriberId: text(form, "subscriberId") });
  redirect("/subscribers");
});

function fieldsOf(form: FormData) {
  return { externalId: text(form, "externalId"), name: text(form, "name") || null, locale: text(form, "locale") || null };
}
