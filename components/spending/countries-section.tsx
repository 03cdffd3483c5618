import { useLocale, useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { SelectField } from "@/components/form/fields";
import type { PhoneCountry } from "@/components/form/phone-countries";
import { SubmitButton } from "@/components/form/submit-button";
import { countryName } from "@/components/spending/words";
import { Section } from "@/components/ui/card";
import { Cell, HeadCell, Row, Table } from "@/components/ui/table";
import type { FormAction } from "@/lib/actions/action-state";
import type { SpendingDto } from "@/lib/services/sms-spending/get-spending";

type Props = { policy: SpendingDto["policy"]; countries: readonly PhoneCountry[]; allow: FormAction; forbid: FormAction };

/** Where texts may go (R27): all others are refused. */
export function CountriesSection({ policy, countries, allow, forbid }: Props) {
  const t = useTranslations("spending");
  const locale = useLocale();
  const others = countries.filter(([code]) => !policy.countries.includes(code));
  return (
    <Section title={t("countries.title")} description={t("countries.description")} padded={false}>
      <Table
        label={t("countries.title")}
        columns={[{ label: t("figures.country") }, { label: t("countries.forbid"), hidden: true, align: "end" }]}
      >
        {policy.countries.map((code) => {
          const country = countryName(code, locale, code);
          return (
            <Row key={code}>
              <HeadCell>{country}</HeadCell>
              <Cell align="end" corner>
                {policy.countries.length > 1 && (
                  <ActionForm action={forbid} label={t("countries.forbidNamed", { country })} className="justify-items-end">
                    <input type="hidden" name="forbid" value={code} />
                    <SubmitButton variant="ghost" size="sm" aria-label={t("countries.forbidNamed", { country })}>
                      {t("countries.forbid")}
                    </SubmitButton>
                  </ActionForm>
                )}
              </Cell>
            </Row>
          );
        })}
      </Table>
      <div className="border-line border-t p-4 sm:p-5">
        <ActionForm action={allow} label={t("countries.allow")} className="max-w-form" resetOnSuccess>
          <SelectField
            name="allow"
            label={t("countries.another")}
            required
            placeholder={t("countries.choose")}
            options={others.map(([value, dial, name]) => ({ value, label: `${name} (+${dial})` }))}
          />
          <div>
            <SubmitButton>{t("countries.allow")}</SubmitButton>
          </div>
        </ActionForm>
      </div>
    </Section>
  );
}
