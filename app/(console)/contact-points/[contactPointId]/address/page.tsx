import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { changeAddressAction } from "@/app/(console)/contact-points/actions";
import { HumanCheck } from "@/components/form/human-check";
import { phoneCountries } from "@/components/form/phone-countries";
import { SpecForm } from "@/components/form/spec-form";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { idParam, orNotFound, pageContext } from "@/lib/actions/page";
import { formSpecFor } from "@/lib/channels/form-spec-for";
import { contactPointType } from "@/lib/channels/registry";
import { getContactPointForm } from "@/lib/services/contact-points/get";
import { getInstitution } from "@/lib/services/institution/get-institution";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("contactPoints.change"))("title") };
}

export default async function ChangeAddressPage({ params }: { params: Promise<{ contactPointId: string }> }) {
  const ctx = await pageContext("contact_point:own");
  const contactPointId = idParam((await params).contactPointId);
  const { contactPoint, values } = await orNotFound(getContactPointForm(ctx, { contactPointId }));
  const type = contactPointType(contactPoint.type);
  if (!type || Object.keys(type.config.shape).length === 0) {
    notFound();
  }
  const [t, types] = await Promise.all([getTranslations("contactPoints"), getTranslations("contactPointTypes")]);
  const back = `/contact-points/${contactPointId}`;
  return (
    <>
      <PageHeader
        title={t("change.title")}
        description={contactPoint.verified ? t("change.verified", { address: contactPoint.address }) : t("change.unverified")}
        back={{ href: back, label: contactPoint.label }}
      />
      <Card className="p-4 sm:p-6">
        <SpecForm
          spec={formSpecFor(type, (key) => types(key))}
          action={changeAddressAction}
          submitLabel={t("change.submit")}
          initial={values}
          hidden={{ contactPointId }}
          phone={{ countries: phoneCountries(await getLocale()), defaultCountry: (await getInstitution(ctx)).defaultCountry }}
          cancel={{ href: back, label: t("cancel") }}
        >
          <HumanCheck action="add" />
        </SpecForm>
      </Card>
    </>
  );
}
