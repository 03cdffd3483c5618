import { CircleHelp, Globe, Inbox, Mail, Smartphone } from "lucide-react";
import { providerType } from "@/lib/channels/providers/registry";

const ICONS = { mail: Mail, phone: Smartphone, globe: Globe, inbox: Inbox };

/** The picture of a provider; one that is no longer known gets a question mark. On the server alone. */
export function SenderIcon({ provider, className }: { provider: string; className?: string }) {
  const icon = providerType(provider)?.icon;
  const Icon = icon ? ICONS[icon] : CircleHelp;
  return <Icon aria-hidden className={className} />;
}
