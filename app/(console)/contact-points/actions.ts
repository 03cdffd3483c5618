"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { formAction, text } from "@/lib/actions/form-action";
import type { Context } from "@/lib/auth/actor";
import { configFromForm } from "@/lib/channels/form-spec-for";
import { contactPointType } from "@/lib/channels/registry";
import { AppError } from "@/lib/core/errors";
import { abandonChange } from "@/lib/services/contact-points/abandon-change";
import { changeAddress } from "@/lib/services/contact-points/change-address";
import { createContactPoint } from "@/lib/services/contact-points/create";
import { deleteContactPoint } from "@/lib/services/contact-points/delete";
import { getContactPoint } from "@/lib/services/contact-points/get";
import { pauseContactPoint } from "@/lib/services/contact-points/pause";
import { restoreContactPoint } from "@/lib/services/contact-points/restore";
import { sendTest } from "@/lib/services/contact-points/send-test";
import { updateContactPoint } from "@/lib/services/contact-points/update";
import { startVerification } from "@/lib/services/verifications/start";
import { submitCode } from "@/lib/services/verifications/submit-code";

const pathOf = (id: string) => `/contact-points/${id}`;
const id = (form: FormData) => text(form, "contactPointId");

export const addContactPointAction = formAction(async (ctx, form) => {
  const type = contactPointType(text(form, "type"));
  if (!type) {
    throw new AppError("validation", { reason: "unknownType" });
  }
  const subscriberId = text(form, "subscriberId");
  const created = await atFields(
    createContactPoint(ctx, {
      type: type.id,
      label: text(form, "label"),
      config: configFromForm(type, (name) => text(form, name)),
      verify: true,
      ...(subscriberId ? { subscriberId } : {}),
    }),
  );
  redirect(pathOf(created.id));
});

export const changeAddressAction = formAction(async (ctx, form) => {
  const point = await getContactPoint(ctx, { contactPointId: id(form) });
  const type = contactPointType(point.type);
  if (!type) {
    throw new AppError("validation", { reason: "unknownType" });
  }
  await atFields(changeAddress(ctx, { contactPointId: point.id, config: configFromForm(type, (name) => text(form, name)) }));
  redirect(pathOf(point.id));
});

export const abandonChangeAction = formAction(async (ctx, form) => {
  await abandonChange(ctx, { contactPointId: id(form) });
  revalidatePath(pathOf(id(form)));
  return undefined;
});

export const renameAction = formAction(async (ctx, form) => {
  await updateContactPoint(ctx, { contactPointId: id(form), label: text(form, "label") });
  revalidatePath(pathOf(id(form)));
  return { status: "ok", message: await done(ctx, "renamed") };
});

export const switchEnabledAction = formAction(async (ctx, form) => {
  const data = await updateContactPoint(ctx, { contactPointId: id(form), enabled: text(form, "enabled") === "true" });
  revalidatePath("/contact-points", "layout");
  return { status: "ok", data };
});

export const pauseAction = formAction(async (ctx, form) => {
  const choice = text(form, "until");
  const until = choice === "date" ? text(form, "date") : choice;
  await pauseContactPoint(ctx, { contactPointId: id(form), until, timeZone: text(form, "timeZone") || "UTC" });
  revalidatePath(pathOf(id(form)));
  return undefined;
});

export const deleteAction = formAction(async (ctx, form) => {
  const data = await deleteContactPoint(ctx, { contactPointId: id(form) });
  revalidatePath("/contact-points", "layout");
  return { status: "ok", data };
});

export const restoreAction = formAction(async (ctx, form) => {
  await restoreContactPoint(ctx, { contactPointId: id(form) });
  revalidatePath("/contact-points", "layout");
  return undefined;
});

export const startVerificationAction = formAction(async (ctx, form) => {
  await startVerification(ctx, { contactPointId: id(form) });
  return { status: "ok", message: await done(ctx, "onItsWay") };
});

export const submitCodeAction = formAction(async (ctx, form) => {
  await submitCode(ctx, { contactPointId: id(form), code: text(form, "code") });
  return { status: "ok", message: await done(ctx, "verified") };
});

export const sendTestAction = formAction(async (ctx, form) => {
  return { status: "ok", data: await sendTest(ctx, { contactPointId: id(form) }) };
});

async function done(_ctx: Context, what: "renamed" | "onItsWay" | "verified"): Promise<string> {
  const t = await getTranslations("contactPoints.done");
  return t(what);
}

/** A type's schema names its fields below `config`; the form has them at the top. */
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
