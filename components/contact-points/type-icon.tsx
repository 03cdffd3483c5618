import { Bell, CircleHelp, Mail, Smartphone } from "lucide-react";

const ICONS = { email: Mail, sms: Smartphone, in_app: Bell };

/** The picture of a type; one that is no longer known gets a question mark. */
export function TypeIcon({ type, className }: { type: string; className?: string }) {
  const Icon = ICONS[type as keyof typeof ICONS] ?? CircleHelp;
  return <Icon aria-hidden className={className} />;
}
