import { getTranslations } from "next-intl/server";
import type { FormFieldSpec, FormValue } from "@/lib/channels/form-spec";

/** What a sender says of itself, whatever it stands on. */
export async function ownFields(channel: "email" | "sms", { boundNumber = false } = {}): Promise<FormFieldSpec[]> {
  const t = await getTranslations("senders.field");
  const from: FormFieldSpec[] =
    channel === "email"
      ? [
          {
            name: "fromAddress",
            label: t("fromAddress.label"),
            hint: t("fromAddress.hint"),
            control: "email",
            required: true,
            maxLength: 254,
            placeholder: "news@example.com",
            suggestFrom: "username",
          },
          { name: "fromName", label: t("fromName.label"), hint: t("fromName.hint"), control: "text", required: false, maxLength: 255 },
        ]
      : [
          {
            name: "fromNumber",
            label: t("fromNumber.label"),
            hint: t("fromNumber.hint"),
            control: "text",
            required: true,
            maxLength: 64,
            inputMode: "tel",
            placeholder: "+1 555 010 0100",
          },
        ];
  return [
    ...(boundNumber ? [] : from),
    { name: "name", label: t("name.label"), hint: t("name.hint"), control: "text", required: true, maxLength: 255 },
    { name: "remark", label: t("remark.label"), control: "text", required: false, maxLength: 255, advanced: true },
    {
      name: "ratePerMinute",
      label: t("ratePerMinute.label"),
      hint: t("ratePerMinute.hint"),
      control: "number",
      required: false,
      min: 1,
      max: 100_000,
      inputMode: "numeric",
      advanced: true,
    },
  ];
}

/** The plain values out of something stored, for a form to start from. */
export function startValues(values: Record<string, unknown>): Record<string, FormValue> {
  const plain = Object.entries(values).filter((entry): entry is [string, FormValue] =>
    ["string", "number", "boolean"].includes(typeof entry[1]),
  );
  return Object.fromEntries(plain);
}
