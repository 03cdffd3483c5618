import { useTranslations } from "next-intl";
import { Tabs } from "@/components/ui/tabs";

type Props = {
  current: "keys" | "tokens" | "signing";
  /** Whether the viewer sees the institution's signing keys. */
  signing: boolean;
};

export function KeyTabs({ current, signing }: Props) {
  const t = useTranslations("keys");
  const tabs = [
    { href: "/keys", label: t("tabs.keys"), current: current === "keys" },
    { href: "/keys/tokens", label: t("tabs.tokens"), current: current === "tokens" },
    ...(signing ? [{ href: "/keys/signing", label: t("tabs.signing"), current: current === "signing" }] : []),
  ];
  return <Tabs label={t("tabs.label")} tabs={tabs} />;
}
