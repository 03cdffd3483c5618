import { Bell, BellRing, CheckCheck, FlaskConical, type LucideIcon, Pencil, Plus, Trash2, TriangleAlert } from "lucide-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useFormStrings } from "@/components/form/form-strings";
import { InboxForm, LineButton } from "@/components/inbox/inbox-form";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { cx } from "@/components/ui/cx";
import { DateTime, RelativeTime } from "@/components/ui/relative-time";
import type { FormAction } from "@/lib/actions/action-state";
import type { InboxItemDto } from "@/lib/services/inbox/dto";

type Props = {
  items: readonly InboxItemDto[];
  now: string;
  action: FormAction;
  /** Stand within the form, above and below the lines. */
  toolbar?: ReactNode;
  footer?: ReactNode;
};

const ICONS: Record<string, LucideIcon> = {
  verification: BellRing,
  test: FlaskConical,
  notice_added: Plus,
  notice_changed: Pencil,
  notice_verified: CheckCheck,
  notice_deleted: Trash2,
  sender_failed: TriangleAlert,
  domain_lost: TriangleAlert,
  budget_alert: TriangleAlert,
};

/** The lines of an inbox, put into words in the reader's language. */
export function InboxList({ items, now, action, toolbar, footer }: Props) {
  const t = useTranslations("inbox");
  return (
    <InboxForm action={action} strings={useFormStrings()} label={t("title")}>
      <Card className="overflow-clip">
        {toolbar}
        <ul className="divide-y divide-line">
          {items.map((item) => (
            <InboxLine key={item.id} item={item} now={now} />
          ))}
        </ul>
        {footer}
      </Card>
    </InboxForm>
  );
}

function InboxLine({ item, now }: { item: InboxItemDto; now: string }) {
  const t = useTranslations("inbox");
  const locale = useLocale();
  const Icon = ICONS[item.kind] ?? Bell;
  const { title, body } = useWords(item);
  return (
    <li className={cx("flex items-start gap-3 px-4 py-3.5 sm:px-5", !item.read && "bg-accent-soft/50")}>
      <span aria-hidden className="grid size-8 shrink-0 place-items-center rounded-full bg-sunken text-ink-muted">
        <Icon className="size-4" />
      </span>
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
          <h2 className={cx("min-w-0 break-words", item.read ? "text-ink" : "font-semibold")}>{title}</h2>
          {!item.read && (
            <Badge tone="info" icon={null}>
              {t("unread")}
            </Badge>
          )}
          <RelativeTime date={item.createdAt} now={now} locale={locale} className="text-ink-muted text-sm" />
        </div>
        <p className="mt-0.5 max-w-prose break-words text-ink-muted">{body}</p>
        <LineActions item={item} title={title} />
      </div>
    </li>
  );
}

function LineActions({ item, title }: { item: InboxItemDto; title: string }) {
  const t = useTranslations("inbox");
  const locale = useLocale();
  const live = item.challenge === "live";
  return (
    <div className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-2">
      {live && (
        <LineButton name="confirm" value={item.id} variant="primary">
          {t("confirm")}
        </LineButton>
      )}
      {live && item.expiresAt && (
        <span className="text-ink-muted text-sm">
          {t.rich("validUntil", { time: () => <DateTime date={item.expiresAt ?? ""} locale={locale} /> })}
        </span>
      )}
      {!item.read && (
        <LineButton name="read" value={item.id} aria-label={t("markReadNamed", { title })}>
          {t("markRead")}
        </LineButton>
      )}
      {item.contactPointId && (
        <Link href={`/contact-points/${item.contactPointId}`} className="rounded-sm text-accent text-sm underline-offset-2 hover:underline">
          {t("show")}
        </Link>
      )}
    </div>
  );
}

function useWords(item: InboxItemDto): { title: string; body: string } {
  const t = useTranslations("inbox");
  const types = useTranslations("contactPointTypes");
  const { kind, label, address, contactPointType } = item;
  const type = types.has(`${contactPointType}.name`) ? types(`${contactPointType}.name`) : t("otherType");
  // a type without an address is told by its name alone
  const what = address ? t("typeAndAddress", { type, address }) : type;
  switch (kind) {
    case "verification":
      return {
        title: t(`verification.${item.challenge ?? "ended"}.title`),
        body: t(`verification.${item.challenge ?? "ended"}.body`, { label }),
      };
    case "test":
      return { title: t("test.title"), body: t("test.body", { label }) };
    case "notice_added":
      return { title: t("added.title"), body: t("added.body", { what }) };
    case "notice_changed":
      return { title: t("changed.title"), body: t("changed.body", { what }) };
    case "notice_verified":
      return { title: t("verified.title"), body: t("verified.body", { what }) };
    case "notice_deleted":
      return { title: t("deleted.title"), body: t("deleted.body", { what }) };
    case "sender_failed":
      return { title: t("senderFailed.title"), body: t("senderFailed.body", { label }) };
    case "domain_lost":
      return { title: t("domainLost.title"), body: t("domainLost.body", { label }) };
    case "budget_alert":
      return { title: t("budget.title"), body: t("budget.body", { percent: label }) };
    default:
      return { title: t("other"), body: what };
  }
}
