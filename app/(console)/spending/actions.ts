"use server";

import { revalidatePath } from "next/cache";
import { getTranslations } from "next-intl/server";
import { formAction, text } from "@/lib/actions/form-action";
import { updateSpending } from "@/lib/services/sms-spending/update-spending";

const PRICE = "prices.";

export const allowCountryAction = formAction(async (ctx, form) => {
  await updateSpending(ctx, { allow: text(form, "allow") });
  revalidatePath("/spending");
});

export const forbidCountryAction = formAction(async (ctx, form) => {
  await updateSpending(ctx, { forbid: text(form, "forbid") });
  revalidatePath("/spending");
});

export const updateSpendingAction = formAction(async (ctx, form) => {
  const given = [...form.keys()].filter((name) => name.startsWith(PRICE));
  const orNone = (name: string) => (text(form, name).trim() === "" ? null : text(form, name));
  await updateSpending(ctx, {
    monthlyBudget: orNone("monthlyBudget"),
    currency: text(form, "currency"),
    prices: Object.fromEntries(given.map((name) => [name.slice(PRICE.length), orNone(name)])),
  });
  revalidatePath("/spending");
  const t = await getTranslations("spending");
  return { status: "ok", message: t("saved") };
});
