"use server";

import { revalidatePath } from "next/cache";
import { getTranslations } from "next-intl/server";
import { formAction, text } from "@/lib/actions/form-action";
import { confirmFromInbox } from "@/lib/services/inbox/confirm";
import { markAllRead } from "@/lib/services/inbox/mark-all-read";
import { markRead } from "@/lib/services/inbox/mark-read";

/** The inbox is one form: the button that was pressed names what to do with which line. */
export const inboxAction = formAction(async (ctx, form) => {
  const t = await getTranslations("inbox");
  const [confirm, read] = [text(form, "confirm"), text(form, "read")];
  try {
    if (confirm) {
      await confirmFromInbox(ctx, { itemId: confirm });
      return { status: "ok", message: t("confirmed") };
    }
    if (read) {
      await markRead(ctx, { itemId: read });
      return { status: "ok", message: t("marked") };
    }
    const { count } = await markAllRead(ctx, { until: text(form, "until") });
    return { status: "ok", message: t("markedAll", { count }) };
  } finally {
    revalidatePath("/inbox");
  }
});
