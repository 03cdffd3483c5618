"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { formAction, text } from "@/lib/actions/form-action";
import { AppError } from "@/lib/core/errors";
import { phoneFromForm } from "@/lib/core/phone-from-form";
import { addNumberSender } from "@/lib/services/numbers/add-sender";
import { buyNumber } from "@/lib/services/numbers/buy";
import { checkPurchase } from "@/lib/services/numbers/check-purchase";
import { deleteNumber } from "@/lib/services/numbers/delete";
import { registerNumber } from "@/lib/services/numbers/register";

export const buyNumberAction = formAction(async (ctx, form) => {
  const bought = await buyNumber(ctx, {
    integrationId: text(form, "integrationId"),
    number: text(form, "number"),
    name: text(form, "name"),
  });
  redirect(`/numbers/${bought.id}`);
});

export const registerNumberAction = formAction(async (ctx, form) => {
  const number = phoneFromForm(text(form, "number"), text(form, "numberCountry"));
  const registered = await registerNumber(ctx, { integrationId: text(form, "integrationId"), number, name: text(form, "name") });
  redirect(`/numbers/${registered.id}`);
});

export const checkPurchaseAction = formAction(async (ctx, form) => {
  const numberId = text(form, "numberId");
  try {
    await checkPurchase(ctx, { numberId });
  } catch (error) {
    // a purchase that turned out to be impossible has left no number behind
    if (error instanceof AppError && error.reason === "numberGone") {
      redirect("/numbers?gone=1");
    }
    throw error;
  }
  revalidatePath(`/numbers/${numberId}`);
});

export const addNumberSenderAction = formAction(async (ctx, form) => {
  const { sender } = await addNumberSender(ctx, { numberId: text(form, "numberId") });
  revalidatePath("/senders", "layout");
  redirect(`/senders/${sender?.id}`);
});

export const deleteNumberAction = formAction(async (ctx, form) => {
  await deleteNumber(ctx, { numberId: text(form, "numberId") });
  revalidatePath("/numbers");
  redirect("/numbers");
});
