"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { atFields } from "@/lib/actions/at-fields";
import { formAction, text } from "@/lib/actions/form-action";
import { SECRET_MASK } from "@/lib/channels/secret-mask";
import { fieldError } from "@/lib/core/errors";
import { checkConnection } from "@/lib/services/connections/check";
import { createConnection } from "@/lib/services/connections/create";
import { deleteConnection } from "@/lib/services/connections/delete";
import { ContextPart } from "@/lib/services/connections/fields";
import { updateConnection } from "@/lib/services/connections/update";

const secret = ["accessToken", "refreshToken"];
const NAMES = {
  "auth.": "",
  "workspace.id": "workspaceId",
  "workspace.name": "workspaceName",
  context: "contexts",
};
const id = (form: FormData) => text(form, "connectionId");

export const createConnectionAction = formAction(
  async (ctx, form) => {
    const [externalId, identifier] = [text(form, "externalId").trim(), text(form, "identifier").trim()];
    const context = contextsOf(text(form, "contexts"));
    const made = createConnection(ctx, {
      integrationId: text(form, "integrationId"),
      ...(externalId ? { externalId } : {}),
      ...(identifier ? { identifier } : {}),
      ...(context ? { context } : {}),
      workspace: workspaceOf(form),
      auth: authOf(form),
    });
    const { id: connectionId } = await atFields(made, { ...NAMES, subscriberId: "externalId" });
    redirect(`/connections/${connectionId}`);
  },
  { secret },
);

export const updateConnectionAction = formAction(
  async (ctx, form) => {
    const auth = authOf(form, SECRET_MASK);
    await atFields(updateConnection(ctx, { connectionId: id(form), workspace: workspaceOf(form), auth }), NAMES);
    revalidatePath(`/connections/${id(form)}`);
    const t = await getTranslations("connections");
    return { status: "ok", message: t("saved") };
  },
  { secret },
);

export const checkConnectionAction = formAction(async (ctx, form) => {
  try {
    await checkConnection(ctx, { connectionId: id(form) });
  } finally {
    // what the provider said is kept either way
    revalidatePath(`/connections/${id(form)}`);
  }
  const t = await getTranslations("connections");
  return { status: "ok", message: t("check.done") };
});

export const deleteConnectionAction = formAction(async (ctx, form) => {
  await deleteConnection(ctx, { connectionId: id(form) });
  redirect("/connections");
});

function workspaceOf(form: FormData) {
  const name = text(form, "workspaceName").trim();
  return { id: text(form, "workspaceId"), ...(name ? { name } : {}) };
}

/** `stored` stands for the token where the field was left empty. */
function authOf(form: FormData, stored = "") {
  const refreshToken = text(form, "refreshToken");
  return { accessToken: text(form, "accessToken") || stored, ...(refreshToken ? { refreshToken } : {}) };
}

/** One `type:id` a line. */
function contextsOf(typed: string): Record<string, string> | undefined {
  const lines = typed.split(/\r?\n/).flatMap((line) => (line.trim() === "" ? [] : [line]));
  const pairs = lines.map((line) => line.split(":").map((part) => part.trim()));
  const context = new Map(pairs.map(([type = "", value = ""]) => [type, value]));
  const isWritten = pairs.every((parts) => parts.length === 2 && parts.every((part) => ContextPart.safeParse(part).success));
  if (!isWritten || context.size < pairs.length) {
    throw fieldError("contexts", "context_line");
  }
  return pairs.length === 0 ? undefined : Object.fromEntries(context);
}
