import { catcherMail } from "@/lib/channels/providers/catcher-mail";
import { catcherText } from "@/lib/channels/providers/catcher-text";
import type { ProviderType } from "@/lib/channels/providers/define";
import { httpText } from "@/lib/channels/providers/http-text";
import { smtp } from "@/lib/channels/providers/smtp";
import { twilio } from "@/lib/channels/providers/twilio";
import { vonage } from "@/lib/channels/providers/vonage";

/** Every provider there is that can deliver: the only closed list of them. */
export const PROVIDER_TYPES = [catcherMail, catcherText, httpText, smtp, twilio, vonage] as unknown as readonly ProviderType[];

const byId = new Map(PROVIDER_TYPES.map((type) => [type.id, type]));

/** The provider of that id, or undefined: a row whose provider is no longer known must not break a list. */
export function providerType(id: string): ProviderType | undefined {
  return byId.get(id);
}
