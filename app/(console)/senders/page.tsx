import { Mail, Plus, Smartphone } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { switchSenderAction } from "@/app/(console)/senders/actions";
import { readListSearch } from "@/app/(console)/senders/read-list-search";
import { SenderList } from "@/components/senders/sender-list";
import { Status } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { pageContext } from "@/lib/actions/page";
import { SENDER_STATES } from "@/lib/services/senders/dto";
import { getSendersInUse, type SenderInUse } from "@/lib/services/senders/in-use";
import { listSenders, SENDER_SORTS } from "@/lib/services/senders/list";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("senders"))("title") };
}

export default async function SendersPage({ searchParams }: Props) {
  const ctx = await pageContext("sender:read");
  const [t, params] = await Promise.all([getTranslations("senders"), searchParams]);
  const search = readListSearch(params);
  const page = await listSenders(ctx, search);
  const inUse = await getSendersInUse(ctx);
  return (
    <>
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={
          <ButtonLink variant="primary" wide="phone" href="/senders/new" icon={<Plus aria-hidden />}>
            {t("add")}
          </ButtonLink>
        }
      />
      <div className="grid gap-5">
        <Card className="grid divide-y divide-line sm:grid-cols-2 sm:divide-x sm:divide-y-0">
          <InUse channel="email" use={inUse.email} />
          <InUse channel="sms" use={inUse.sms} />
        </Card>
        <SenderList
          page={page}
          search={search}
          states={SENDER_STATES}
          sorts={SENDER_SORTS}
          now={new Date()}
          switchAction={switchSenderAction}
        />
      </div>
    </>
  );
}

const TONE = { sender: "good", system: "info", waiting: "bad" } as const;

/** Which sender is used now, in a sentence. */
async function InUse({ channel, use }: { channel: "email" | "sms"; use: SenderInUse }) {
  const t = await getTranslations("senders.inUse");
  const Icon = channel === "email" ? Mail : Smartphone;
  const { sender } = use;
  return (
    <div className="flex items-start gap-3 px-4 py-3.5 sm:px-5">
      <span className="grid size-8 shrink-0 place-items-center rounded-md bg-sunken text-ink-muted">
        <Icon aria-hidden className="size-4" />
      </span>
      <div className="min-w-0">
        <h2 className="font-medium">{t(`${channel}.title`)}</h2>
        <Status tone={TONE[use.through]}>
          {use.through === "sender" && sender
            ? t.rich("sender", {
                from: sender.from,
                link: () => (
                  <Link href={`/senders/${sender.id}`} className="rounded-sm underline underline-offset-2">
                    {sender.name}
                  </Link>
                ),
              })
            : use.through === "waiting" && sender
              ? t("waiting", { name: sender.name })
              : sender
                ? t("unproven", { name: sender.name })
                : t("system")}
        </Status>
      </div>
    </div>
  );
}
