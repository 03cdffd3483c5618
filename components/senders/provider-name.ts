import { getTranslations } from "next-intl/server";
import { entryOf } from "@/lib/channels/providers/catalogue/registry";
import { providerType } from "@/lib/channels/providers/registry";
import { WEB_PUSH } from "@/lib/channels/providers/web-push";

/** What a provider is called; one that is no longer known says so. */
export async function providerName(id: string): Promise<string> {
  const [t, words] = await Promise.all([getTranslations("senders"), getTranslations("providerTypes")]);
  if (id === WEB_PUSH.id) {
    return (await getTranslations("subscriptions"))("provider.push");
  }
  return providerType(id) ? words(`${id}.name`) : (entryOf(id)?.name ?? t("unknownProvider"));
}
