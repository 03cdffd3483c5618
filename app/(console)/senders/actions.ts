"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { formAction, text } from "@/lib/actions/form-action";
import { configFromForm, secretsOf } from "@/lib/channels/form-spec-for";
import { PROVIDER_TYPES, providerType } from "@/lib/channels/providers/registry";
import { AppError, fieldError } from "@/lib/core/errors";
import { createSender } from "@/lib/services/senders/create";
import { deleteSender } from "@/lib/services/senders/delete";
import { diagnoseSender } from "@/lib/services/senders/diagnose";
import { duplicateSender } from "@/lib/services/senders/duplicate";
import { getSender } from "@/lib/services/senders/get";
import { setDefaultSender } from "@/lib/services/senders/set-default";
import { setSenderEnabled } from "@/lib/services/senders/set-enabled";
import { startSenderVerification } from "@/lib/services/senders/start-verification";
import { submitSenderCode } from "@/lib/services/senders/submit-code";
import { updateSender } from "@/lib/services/senders/update";

const secret = [...new Set(PROVIDER_TYPES.flatMap(secretsOf))];
const id = (form: FormData) => text(form, "senderId");
const pathOf = (senderId: string) => `/senders/${senderId}`;

export const addSenderAction = formAction(
  async (ctx, form) => {
    const integrationId = text(form, "integrationId");
    const created = await atFields(createSender(ctx, { ...given(ownOf(form)), ...(integrationId ? { integrationId } : accountOf(form)) }));
    redirect(pathOf(created.id));
  },
  { secret },
);

export const updateSenderAction = formAction(
  async (ctx, form) => {
    const sender = await getSender(ctx, { senderId: id(form) });
    const type = providerType(sender.provider);
    const stored = sender.secrets.map(({ field }) => field);
    const config = type && { config: configFromForm(type, (name) => text(form, name), stored), whole: true };
    const { fromNumber, ...own } = ownOf(form);
    await atFields(updateSender(ctx, { senderId: sender.id, ...own, ...given({ fromNumber }), ...config }));
    revalidatePath("/senders", "layout");
    const t = await getTranslations("senders");
    return { status: "ok", message: t("saved") };
  },
  { secret },
);

export const switchSenderAction = formAction(async (ctx, form) => {
  const data = await setSenderEnabled(ctx, { senderId: id(form), enabled: text(form, "enabled") === "true" });
  revalidatePath("/senders", "layout");
  return { status: "ok", data: { state: data.state } };
});

export const setDefaultAction = formAction(async (ctx, form) => {
  await setDefaultSender(ctx, { senderId: id(form), isDefault: text(form, "isDefault") !== "false" });
  revalidatePath("/senders", "layout");
  return undefined;
});

export const duplicateSenderAction = formAction(async (ctx, form) => {
  const [t, { name }] = [await getTranslations("senders"), await getSender(ctx, { senderId: id(form) })];
  const copy = await duplicateSender(ctx, { senderId: id(form), name: t("duplicateName", { name: name.slice(0, 240) }) });
  redirect(pathOf(copy.id));
});

export const deleteSenderAction = formAction(async (ctx, form) => {
  await deleteSender(ctx, { senderId: id(form), keepNumber: text(form, "keepNumber") === "true" });
  revalidatePath("/senders", "layout");
  return { status: "ok" };
});

export const startSenderVerificationAction = formAction(async (ctx, form) => {
  await startSenderVerification(ctx, { senderId: id(form) });
  revalidatePath(pathOf(id(form)));
  const t = await getTranslations("senders.proof");
  return { status: "ok", message: t("onItsWay") };
});

export const submitSenderCodeAction = formAction(async (ctx, form) => {
  await submitSenderCode(ctx, { senderId: id(form), code: text(form, "code") });
  revalidatePath("/senders", "layout");
  const t = await getTranslations("senders.proof");
  return { status: "ok", message: t("done") };
});

/** The test without JavaScript: runs to its end, and the page shows what was kept. */
export const diagnoseSenderAction = formAction(async (ctx, form) => {
  for await (const event of await diagnoseSender(ctx, { senderId: id(form) })) {
    if (event.type === "result") break;
  }
  revalidatePath(pathOf(id(form)));
  return undefined;
});

function ownOf(form: FormData) {
  const rate = text(form, "ratePerMinute");
  return {
    name: text(form, "name"),
    remark: text(form, "remark"),
    fromAddress: form.has("fromAddress") ? text(form, "fromAddress") : undefined,
    fromName: form.has("fromName") ? text(form, "fromName") : undefined,
    fromNumber: form.has("fromNumber") ? text(form, "fromNumber") : undefined,
    ratePerMinute: rate === "" ? null : Number(rate),
  };
}

function accountOf(form: FormData) {
  const type = providerType(text(form, "provider"));
  if (!type) {
    throw fieldError("provider", "invalid");
  }
  return { provider: type.id, config: configFromForm(type, (name) => text(form, name)) };
}

function given<T extends Record<string, unknown>>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}

/** A provider's schema names its fields below `config`; the form has them at the top. */
async function atFields<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof AppError) || !error.fields) {
      throw error;
    }
    const { code, reason, params, retryAfterSec } = error;
    throw new AppError(code, {
      fields: error.fields.map((field) => ({ ...field, path: field.path.replace(/^config\.([^.]+).*$/, "$1") })),
      ...(reason ? { reason } : {}),
      ...(params ? { params } : {}),
      ...(retryAfterSec ? { retryAfterSec } : {}),
      cause: error,
    });
  }
}
