import { BellRing, CircleHelp, Globe, Inbox, Mail, MessageSquare, Smartphone } from "lucide-react";
import { entryOf } from "@/lib/channels/providers/catalogue/registry";
import { providerType } from "@/lib/channels/providers/registry";
import { WEB_PUSH } from "@/lib/channels/providers/web-push";

const BY_CHANNEL = { email: Mail, sms: Smartphone, push: BellRing, chat: MessageSquare, in_app: Inbox };
const ICONS = { mail: Mail, phone: Smartphone, globe: Globe, inbox: Inbox };

/** The picture of a provider; one that is no longer known gets a question mark. On the server alone. */
export function SenderIcon({ provider, className }: { provider: string; className?: string }) {
  const icon = providerType(provider)?.icon;
  const channel = provider === WEB_PUSH.id ? WEB_PUSH.channel : entryOf(provider)?.channel;
  const Icon = icon ? ICONS[icon] : channel ? BY_CHANNEL[channel] : CircleHelp;
  return <Icon aria-hidden className={className} />;
}
