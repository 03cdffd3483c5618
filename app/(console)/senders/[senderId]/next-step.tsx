import { Star } from "lucide-react";
import { getTranslations } from "next-intl/server";
import { setDefaultAction } from "@/app/(console)/senders/actions";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import type { MessageSender } from "@/components/senders/message-sender";
import { Alert } from "@/components/ui/alert";
import type { Context } from "@/lib/auth/actor";
import { getSendersInUse } from "@/lib/services/senders/in-use";

/** Proven and on, but nothing goes out through it. */
export function isIdle({ state, isDefault }: Pick<MessageSender, "state" | "isDefault">): boolean {
  return state === "active" && !isDefault;
}

/** What messages go out through instead, and the button that changes it. */
export async function NextStep({ ctx, sender }: { ctx: Context; sender: MessageSender }) {
  const t = await getTranslations("senders");
  const { through, sender: other } = (await getSendersInUse(ctx))[sender.type];
  return (
    <Alert
      tone="info"
      title={t("next.title")}
      actions={<MakeDefault senderId={sender.id} label={t("default.make")} primary={through !== "sender"} />}
    >
      {through === "sender" && other ? t(`next.other.${sender.type}`, { name: other.name }) : t(`next.system.${sender.type}`)}
    </Alert>
  );
}

export function MakeDefault({ senderId, label, primary }: { senderId: string; label: string; primary?: boolean }) {
  return (
    <ActionForm action={setDefaultAction} label={label}>
      <input type="hidden" name="senderId" value={senderId} />
      <SubmitButton variant={primary ? "primary" : "secondary"} icon={<Star aria-hidden />}>
        {label}
      </SubmitButton>
    </ActionForm>
  );
}
