import { defineProviderType } from "@/lib/channels/providers/define";
import { smtpConfig } from "@/lib/channels/providers/smtp-config";
import { openSmtpOutlet } from "@/lib/channels/providers/smtp-outlet";
import { diagnoseSmtp } from "@/lib/delivery/smtp-diagnosis/diagnose";

export const smtp = defineProviderType({
  id: "smtp",
  channel: "email",
  icon: "mail",
  available: () => true,
  config: smtpConfig,
  configVersion: 1,
  bound: ["host", "port", "security", "username", "auth", "ca", "oauthTokenUrl", "oauthClientId"],
  describe: ({ host, port }) => (host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`),
  check: diagnoseSmtp,
  open: openSmtpOutlet,
});
