import { getTranslations } from "next-intl/server";
import { providerType } from "@/lib/channels/providers/registry";

/** What a provider is called; one that is no longer known says so. */
export async function providerName(id: string): Promise<string> {
  const [t, words] = await Promise.all([getTranslations("senders"), getTranslations("providerTypes")]);
  return providerType(id) ? words(`${id}.name`) : t("unknownProvider");
}
