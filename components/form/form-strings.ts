import { useTranslations } from "next-intl";

/** Texts of the client side of a form, with {name} where a value goes: passed as a prop, they cost the browser no translator. */
export type FormStrings = {
  optional: string;
  reference: string;
  retryIn: string;
  showSecret: string;
  hideSecret: string;
  stored: string;
  checks: {
    required: string;
    choose: string;
    tick: string;
    email: string;
    pattern: string;
    minLength: string;
    maxLength: string;
    number: string;
    min: string;
    max: string;
    other: string;
  };
  phone: { country: string; preview: string };
  unsaved: { title: string; description: string; leave: string; stay: string; close: string };
};

export function useFormStrings(): FormStrings {
  const t = useTranslations("form");
  return {
    optional: t("optional"),
    reference: t("reference", { id: "{id}" }),
    retryIn: t("retryIn", { time: "{time}" }),
    showSecret: t("showSecret"),
    hideSecret: t("hideSecret"),
    stored: t("stored"),
    checks: {
      required: t("checks.required"),
      choose: t("checks.choose"),
      tick: t("checks.tick"),
      email: t("checks.email"),
      pattern: t("checks.pattern"),
      minLength: t("checks.minLength", { min: "{min}" }),
      maxLength: t("checks.maxLength", { max: "{max}" }),
      number: t("checks.number"),
      min: t("checks.min", { min: "{min}" }),
      max: t("checks.max", { max: "{max}" }),
      other: t("checks.other"),
    },
    phone: { country: t("phone.country"), preview: t("phone.preview", { number: "{number}" }) },
    unsaved: {
      title: t("unsaved.title"),
      description: t("unsaved.description"),
      leave: t("unsaved.leave"),
      stay: t("unsaved.stay"),
      close: t("unsaved.close"),
    },
  };
}

export function fill(template: string, values: Record<string, string | number>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
