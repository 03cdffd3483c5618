import { getTranslations } from "next-intl/server";
import { messageReasonLabels, messageStateLabels } from "@/components/verification/panel-labels";

/** The words of the panel that proves a sender, made on the server: the browser has no translator. */
export async function proofLabels(channel: "email" | "sms", attemptsMax: number) {
  const [t, shared] = await Promise.all([getTranslations("senders.proof"), getTranslations("messages")]);
  return {
    title: t("title"),
    before: t(`before.${channel}`, { address: "{address}" }),
    sentTo: t("sentTo", { address: "{address}" }),
    sentByOther: t("sentByOther", { address: "{address}" }),
    noAddress: t(`noAddress.${channel}`),
    addAddress: t("addAddress"),
    code: t("code"),
    submit: t("submit"),
    send: t("send"),
    again: t("again"),
    againIn: t("againIn", { time: "{time}" }),
    againReady: t("againReady"),
    expiresIn: t("expiresIn", { time: "{time}" }),
    ended: t("ended"),
    refused: t("refused"),
    attempts: Array.from({ length: attemptsMax + 1 }, (_, count) => t("attemptsLeft", { count })),
    states: await messageStateLabels(),
    reasons: await messageReasonLabels(),
    reply: shared("reply", { reply: "{reply}" }),
  };
}

export type ProofLabels = Awaited<ReturnType<typeof proofLabels>>;
