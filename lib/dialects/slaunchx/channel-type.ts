import { toBizId } from "@/lib/dialects/slaunchx/ids";
import type { ChannelType } from "@/lib/dialects/slaunchx/schemas";
import { translatorFor } from "@/lib/i18n/translator";

/** The one type that there is; it stands in no table, so its id and its day are fixed. */
const [ID, SINCE] = ["3f0c1d52-6f0e-4b7a-9d55-2a7c1e90b814", "2026-01-01T00:00:00Z"] as const;

export async function toChannelType(locale: string): Promise<ChannelType> {
  const t = await translatorFor(locale, "slaunchx");
  return {
    bizId: toBizId("channelType", ID),
    typeCode: "EMAIL",
    typeName: t("email.name"),
    typeDescription: t("email.description"),
    typeStatus: "ACTIVE",
    displayOrder: 1,
    iconUrl: null,
    extraConfig: null,
    createdAt: SINCE,
    updatedAt: SINCE,
  };
}
