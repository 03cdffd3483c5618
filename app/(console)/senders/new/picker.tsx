import { BellRing, ChevronRight, MessageSquare, Server } from "lucide-react";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { SenderIcon } from "@/components/senders/sender-icon";
import { Section } from "@/components/ui/card";
import { cx } from "@/components/ui/cx";
import { PROVIDER_TYPES, providerType } from "@/lib/channels/providers/registry";
import { SMTP_PRESETS } from "@/lib/channels/providers/smtp-presets";
import { env } from "@/lib/env";
import type { IntegrationDto } from "@/lib/services/integrations/dto";

/** Where messages can go out through: mail providers first, then texts, then what is there already. */
export async function Picker({ integrations }: { integrations: readonly IntegrationDto[] }) {
  const [t, words, kept] = await Promise.all([
    getTranslations("senders.new"),
    getTranslations("providerTypes"),
    getTranslations("subscriptions"),
  ]);
  const reusable = integrations.filter(({ provider }) => providerType(provider));
  const available = PROVIDER_TYPES.filter((type) => type.id !== "smtp" && type.available(env().reach));
  // what fits any provider stands behind those with a name
  const texts = available
    .filter(({ channel, icon }) => channel === "sms" && icon !== "inbox")
    .toSorted((one, other) => Number(one.icon === "globe") - Number(other.icon === "globe"));
  const local = available.filter(({ icon }) => icon === "inbox");
  return (
    <div className="grid gap-5">
      <Section title={t("mail")} description={t("mailHint")}>
        <ul className="grid gap-2 sm:grid-cols-2 lg:grid-cols-3">
          {SMTP_PRESETS.map((preset) => (
            <Choice
              key={preset.id}
              href={`/senders/new?provider=smtp&preset=${preset.id}`}
              name={preset.name || t("custom")}
              hint={preset.regions ? t("regions", { count: preset.regions.length }) : preset.host || t("customHint")}
              wide={preset.name === ""}
              icon={preset.name ? <Monogram name={preset.name} /> : <Server aria-hidden className="size-4" />}
            />
          ))}
        </ul>
      </Section>
      <Section title={t("texts")} description={t("textsHint")}>
        <ul className="grid gap-2 sm:grid-cols-2 lg:grid-cols-3">
          {texts.map(({ id }) => (
            <Choice
              key={id}
              href={`/senders/new?provider=${id}`}
              name={words(`${id}.name`)}
              hint={words(`${id}.hint`)}
              icon={<SenderIcon provider={id} className="size-4" />}
            />
          ))}
        </ul>
      </Section>
      <Section title={kept("new.title")} description={kept("new.hint")}>
        <ul className="grid gap-2 sm:grid-cols-2 lg:grid-cols-3">
          <Choice
            href="/senders/new/push"
            name={kept("provider.push")}
            hint={kept("new.pushShort")}
            icon={<BellRing aria-hidden className="size-4" />}
          />
          <Choice
            href="/senders/new/chat"
            name={kept("new.chatName")}
            hint={kept("new.chatShort")}
            icon={<MessageSquare aria-hidden className="size-4" />}
          />
        </ul>
      </Section>
      {reusable.length > 0 && (
        <Section title={t("reuse")} description={t("reuseDescription")}>
          <ul className="grid gap-2 sm:grid-cols-2 lg:grid-cols-3">
            {reusable.map((integration) => (
              <Choice
                key={integration.id}
                href={`/senders/new?integration=${integration.id}`}
                name={integration.name}
                hint={integration.destination}
                icon={<SenderIcon provider={integration.provider} className="size-4" />}
              />
            ))}
          </ul>
        </Section>
      )}
      {local.length > 0 && (
        <Section title={t("local")} description={t("localHint")}>
          <ul className="grid gap-2 sm:grid-cols-2 lg:grid-cols-3">
            {local.map(({ id }) => (
              <Choice
                key={id}
                href={`/senders/new?provider=${id}`}
                name={words(`${id}.name`)}
                hint={words(`${id}.hint`)}
                icon={<SenderIcon provider={id} className="size-4" />}
              />
            ))}
          </ul>
        </Section>
      )}
    </div>
  );
}

function Monogram({ name }: { name: string }) {
  return (
    <span aria-hidden className="font-semibold text-sm">
      {name.slice(0, 1)}
    </span>
  );
}

type ChoiceProps = { href: string; name: string; hint: string; icon: ReactNode; wide?: boolean };

function Choice({ href, name, hint, icon, wide }: ChoiceProps) {
  return (
    <li className={cx("min-w-0", wide && "sm:col-span-2")}>
      <Link
        href={href}
        className="group flex h-full min-h-14 items-center gap-3 rounded-md border border-line px-3 py-2.5 transition-colors hover:border-line-strong hover:bg-ink/2"
      >
        <span className="grid size-9 shrink-0 place-items-center rounded-md bg-sunken text-ink-muted">{icon}</span>
        <span className="min-w-0 flex-1">
          <span className="block font-medium">{name}</span>
          <span className="wrap-anywhere block text-ink-muted text-sm">{hint}</span>
        </span>
        <ChevronRight aria-hidden className="size-4 shrink-0 text-ink-faint group-hover:text-ink" />
      </Link>
    </li>
  );
}
