import { useTranslations } from "next-intl";
import { FieldGroup } from "@/components/form/field-group";
import { CheckboxField } from "@/components/form/fields";
import { SCOPE_AREAS } from "@/lib/auth/scopes";

type Props = {
  /** What can be given; the others are not offered. */
  scopes: readonly string[];
};

/** One line an area, with reading and writing side by side. Each posts `scope:<scope>`. */
export function ScopeFields({ scopes }: Props) {
  const t = useTranslations("keys");
  const areas = SCOPE_AREAS.filter((area) => scopes.some((scope) => scope.startsWith(`${area}:`)));
  return (
    <FieldGroup name="scopes" legend={t("field.scopes")} hint={t("field.scopesHint")}>
      <ul className="divide-y divide-line rounded border border-line">
        {areas.map((area) => (
          <li key={area} className="grid grid-cols-2 items-center gap-x-4 px-3 py-1 sm:grid-cols-[minmax(0,1fr)_6rem_10rem]">
            <span className="col-span-2 sm:col-span-1">{t(`scope.${area}`)}</span>
            {(["read", "write"] as const).map((access) => {
              const scope = `${area}:${access}`;
              const label = (
                <>
                  <span className="sr-only">{t(`scope.${area}`)}: </span>
                  {t(`access.${access}`)}
                </>
              );
              return scopes.includes(scope) ? <CheckboxField key={access} name={`scope:${scope}`} label={label} /> : <span key={access} />;
            })}
          </li>
        ))}
      </ul>
    </FieldGroup>
  );
}
