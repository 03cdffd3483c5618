import { Plus } from "lucide-react";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { ConnectionTable } from "@/components/connections/connection-table";
import { ButtonLink } from "@/components/ui/button";
import { Section } from "@/components/ui/card";
import type { Context } from "@/lib/auth/actor";
import { may } from "@/lib/auth/permissions";
import { listConnections } from "@/lib/services/connections/list";
import type { IntegrationDto } from "@/lib/services/integrations/dto";

type Props = { ctx: Context; integration: IntegrationDto };

const SHOWN = 10;

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

export async function ConnectionsSection({ ctx, integration }: Props) {
  const [t, page] = await Promise.all([
    getTranslations("integrations"),
    listConnections(ctx, { integrationId: integration.id, limit: SHOWN }),
  ]);
  const add = may(ctx.actor, "connection:write") && (
    <ButtonLink href={`/connections/new?integration=${integration.id}`} icon={<Plus aria-hidden />}>
      {t("connect")}
    </ButtonLink>
  );
  return (
    <Section title={t("connections")} actions={add} padded={page.items.length === 0}>
      {page.items.length === 0 ? <p>{t("noConnections")}</p> : <ConnectionTable connections={page.items} ofOneAccount />}
      {page.next !== null && <More href={`/connections?integration=${integration.id}`} />}
    </Section>
  );
}

async function More({ href }: { href: string }) {
  const t = await getTranslations("integrations");
  return (
    <p className="border-line border-t px-4 py-3 sm:px-5">
      <Link href={href} className="rounded-sm underline underline-offset-2">
        {t("all")}
      </Link>
    </p>
  );
}
