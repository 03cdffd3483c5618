import { getLocale, getTranslations } from "next-intl/server";
import { Alert } from "@/components/ui/alert";
import { DateTime } from "@/components/ui/relative-time";
import type { Context } from "@/lib/auth/actor";
import { listOptOuts } from "@/lib/services/numbers/list-opt-outs";

/** Which senders were told by a text to stop, and how they may send again. */
export async function OptOuts({ ctx, contactPointId }: { ctx: Context; contactPointId: string }) {
  const [t, locale, optOuts] = await Promise.all([getTranslations("contactPoints"), getLocale(), listOptOuts(ctx, { contactPointId })]);
  return optOuts.map(({ senderId, senderName, senderNumber, word, at }) => (
    <Alert key={senderId} tone="warn" title={t("optOut.title", { sender: senderName })}>
      {t.rich("optOut.body", { word, number: senderNumber, time: () => <DateTime date={at} locale={locale} /> })}
    </Alert>
  ));
}
