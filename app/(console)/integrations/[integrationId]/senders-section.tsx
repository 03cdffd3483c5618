import { Plus } from "lucide-react";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { ButtonLink } from "@/components/ui/button";
import { Section } from "@/components/ui/card";
import type { Context } from "@/lib/auth/actor";
import { may } from "@/lib/auth/permissions";
import type { IntegrationDto } from "@/lib/services/integrations/dto";

type Props = { ctx: Context; integration: IntegrationDto };

export async function SendersSection({ ctx, integration }: Props) {
  const t = await getTranslations("integrations");
  // a key pair of web push is its one sender's
  const add = may(ctx.actor, "sender:write") && integration.channel !== "push" && (
    <ButtonLink href={`/senders/new?integration=${integration.id}`} icon={<Plus aria-hidden />}>
      {t("addSender")}
    </ButtonLink>
  );
  return (
    <Section title={t("senders")} actions={add}>
      {integration.senders.length === 0 ? (
        <p>{t("noSenders")}</p>
      ) : (
        <ul className="grid gap-1">
          {integration.senders.map(({ id, name }) => (
            <li key={id} className="break-words">
              <Link href={`/senders/${id}`} className="rounded-sm font-medium underline-offset-2 hover:underline">
                {name}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
