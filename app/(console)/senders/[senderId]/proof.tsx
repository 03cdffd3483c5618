import { getTranslations } from "next-intl/server";
import type { ComponentProps } from "react";
import { startSenderVerificationAction, submitSenderCodeAction } from "@/app/(console)/senders/actions";
import { useFormStrings } from "@/components/form/form-strings";
import type { MessageSender } from "@/components/senders/message-sender";
import { proofLabels } from "@/components/senders/proof-labels";
import { ProofPanel } from "@/components/senders/proof-panel";
import { Section } from "@/components/ui/card";
import type { Context } from "@/lib/auth/actor";
import { env } from "@/lib/env";
import { getSenderVerification } from "@/lib/services/senders/verification-status";

/** A code that goes through the settings as they stand proves them; until then nothing else does. */
export async function Proof({ ctx, sender }: { ctx: Context; sender: MessageSender }) {
  const t = await getTranslations("senders.proof");
  const status = await getSenderVerification(ctx, { senderId: sender.id });
  return (
    <Section id="proof" title={t("title")} description={sender.sending ? t("descriptionChanging") : t("description")}>
      <Panel
        key={sender.revision}
        senderId={sender.id}
        initial={status}
        addHref={`/contact-points/new?type=${sender.type}`}
        labels={await proofLabels(sender.type, env().limits.attemptsMax)}
        submitCode={submitSenderCodeAction}
        start={startSenderVerificationAction}
      />
    </Section>
  );
}

function Panel(props: Omit<ComponentProps<typeof ProofPanel>, "strings">) {
  return <ProofPanel {...props} strings={useFormStrings()} />;
}
