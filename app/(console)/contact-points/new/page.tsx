import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { addContactPointAction } from "@/app/(console)/contact-points/actions";
import { TypeIcon } from "@/components/contact-points/type-icon";
import { HumanCheck } from "@/components/form/human-check";
import { phoneCountries } from "@/components/form/phone-countries";
import { SpecForm } from "@/components/form/spec-form";
import { Card, Section } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { idParam, orNotFound, pageContext, single } from "@/lib/actions/page";
import type { ContactPointType } from "@/lib/channels/define";
import type { FormSpec } from "@/lib/channels/form-spec";
import { formSpecFor } from "@/lib/channels/form-spec-for";
import { CONTACT_POINT_TYPES, contactPointType } from "@/lib/channels/registry";
import { getInstitution } from "@/lib/services/institution/get-institution";
import { getSubscriber } from "@/lib/services/subscribers/get";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("contactPoints"))("add") };
}

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function NewContactPointPage({ searchParams }: { searchParams: Search }) {
  const params = await searchParams;
  const named = single(params["subscriber"]);
  const ctx = await pageContext(named ? "contact_point:any" : "contact_point:own");
  const subscriber = named ? await orNotFound(getSubscriber(ctx, { subscriberId: idParam(named) })) : null;
  const [t, types] = await Promise.all([getTranslations("contactPoints"), getTranslations("contactPointTypes")]);
  const type = contactPointType(single(params["type"]) ?? "");
  const listHref = subscriber ? `/subscribers/${subscriber.id}` : "/contact-points";
  const back = type
    ? { href: `/contact-points/new${subscriber ? `?subscriber=${subscriber.id}` : ""}`, label: t("new.otherType") }
    : { href: listHref, label: subscriber ? (subscriber.name ?? subscriber.externalId) : t("title") };
  return (
    <>
      <PageHeader
        title={type ? types(`${type.id}.add`) : t("add")}
        description={type ? types(`${type.id}.addHint`) : t("new.description")}
        back={back}
      />
      {type ? (
        <Card className="p-4 sm:p-6">
          <SpecForm
            spec={await specOf(type)}
            action={addContactPointAction}
            submitLabel={types(`${type.id}.submit`)}
            hidden={{ type: type.id, ...(subscriber ? { subscriberId: subscriber.id } : {}) }}
            phone={{ countries: phoneCountries(await getLocale()), defaultCountry: (await getInstitution(ctx)).defaultCountry }}
            cancel={{ href: listHref, label: t("cancel") }}
          >
            <HumanCheck action="add" />
          </SpecForm>
        </Card>
      ) : (
        <Section title={t("new.choose")} padded={false}>
          <ul className="divide-y divide-line">
            {CONTACT_POINT_TYPES.map(({ id }) => (
              <li key={id}>
                <Link
                  href={`/contact-points/new?type=${id}${subscriber ? `&subscriber=${subscriber.id}` : ""}`}
                  className="flex min-h-16 items-center gap-4 px-4 py-3 hover:bg-ink/2 focus-visible:-outline-offset-2 sm:px-5"
                >
                  <span className="grid size-9 shrink-0 place-items-center rounded-md bg-sunken text-ink-muted">
                    <TypeIcon type={id} className="size-4.5" />
                  </span>
                  <span className="min-w-0">
                    <span className="block font-medium">{types(`${id}.name`)}</span>
                    <span className="block text-ink-muted">{types(`${id}.hint`)}</span>
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}

/** The type's own fields, and the label that tells several of one type apart. */
async function specOf(type: ContactPointType): Promise<FormSpec> {
  const [t, types] = await Promise.all([getTranslations("contactPoints"), getTranslations("contactPointTypes")]);
  const spec = formSpecFor(type, (key) => types(key));
  const [first] = spec.fields;
  return {
    id: spec.id,
    fields: [
      ...spec.fields,
      {
        name: "label",
        label: t("label.label"),
        hint: t("label.hint"),
        control: "text",
        required: true,
        maxLength: 100,
        ...(first ? { suggestFrom: first.name } : { defaultValue: types(`${type.id}.name`) }),
      },
    ],
  };
}
