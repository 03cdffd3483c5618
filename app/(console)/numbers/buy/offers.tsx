import { SearchX } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { buyNumberAction } from "@/app/(console)/numbers/actions";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { formatAmount } from "@/components/spending/words";
import { Section } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Cell, HeadCell, Row, Table } from "@/components/ui/table";
import type { NumberOffer } from "@/lib/channels/providers/define";

type Props = { offers: readonly NumberOffer[]; integrationId: string };

/** What the provider sells; each can be bought where it stands. */
export function Offers({ offers, integrationId }: Props) {
  const t = useTranslations("numbers");
  const columns = [
    { label: t("list.number") },
    { label: t("buy.place") },
    { label: t("buy.price"), align: "end" as const },
    { label: t("buy.submit"), hidden: true, align: "end" as const },
  ];
  return (
    <Section title={t("buy.offers")} description={t("buy.offersHint")} padded={false}>
      {offers.length === 0 ? (
        <EmptyState level={3} icon={<SearchX />} title={t("buy.noneTitle")} description={t("buy.noneDescription")} />
      ) : (
        <Table label={t("buy.offers")} columns={columns}>
          {offers.map((offer) => (
            <OfferRow key={offer.number} offer={offer} integrationId={integrationId} />
          ))}
        </Table>
      )}
    </Section>
  );
}

function OfferRow({ offer, integrationId }: { offer: NumberOffer; integrationId: string }) {
  const t = useTranslations("numbers");
  const locale = useLocale();
  const { number, locality, monthlyPrice, currency } = offer;
  return (
    <Row>
      <HeadCell>
        <span className="font-medium tabular-nums">{number}</span>
      </HeadCell>
      <Cell label={t("buy.place")}>{locality ?? "–"}</Cell>
      <Cell label={t("buy.price")} align="end">
        {monthlyPrice !== null && currency !== null ? formatAmount(monthlyPrice, currency, locale) : t("buy.priceUnknown")}
      </Cell>
      <Cell align="end" corner>
        <ActionForm action={buyNumberAction} label={t("buy.submitNamed", { number })} className="justify-items-end">
          <input type="hidden" name="integrationId" value={integrationId} />
          <input type="hidden" name="number" value={number} />
          <SubmitButton size="sm" variant="secondary" aria-label={t("buy.submitNamed", { number })}>
            {t("buy.submit")}
          </SubmitButton>
        </ActionForm>
      </Cell>
    </Row>
  );
}
