import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { FormAction } from "@/lib/actions/action-state";
import { useFormStrings } from "../form/form-strings";
import { RevealFormClient } from "./reveal-form-client";

type Props = {
  action: FormAction;
  label: string;
  /** What is shown once, in words: "The key", "The private half". */
  secretLabel: string;
  /** Where to go once it is kept. */
  doneHref: string;
  /** What else a program needs besides, and is no secret. */
  beside?: { label: string; hint: string; text: string; copy: string };
  children: ReactNode;
};

/** A form whose success is a secret that is shown once: it stands in the fields' place until the page is left. */
export function RevealForm({ secretLabel, doneHref, beside, ...form }: Props) {
  const t = useTranslations("keys");
  const reveal = {
    title: t("reveal.title"),
    description: t("reveal.description"),
    secret: secretLabel,
    copy: t("reveal.copy"),
    copied: t("reveal.copied"),
    done: t("reveal.done"),
    doneHref,
    beside,
  };
  return <RevealFormClient {...form} strings={useFormStrings()} reveal={reveal} className="max-w-form" />;
}
