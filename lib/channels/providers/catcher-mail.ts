import { z } from "zod";
import { type CheckOptions, defineProviderType, type Reach, type SenderMail } from "@/lib/channels/providers/define";
import { climb, failure, type Rung } from "@/lib/channels/providers/parts/climb";
import { knock } from "@/lib/channels/providers/parts/knock";
import { sendTestMail } from "@/lib/channels/providers/parts/send-test";
import { createMailTransport } from "@/lib/delivery/mail";

/** Keeps mail on this machine instead of sending it; only beside a catcher, whose address the launcher alone sets. */
export const catcherMail = defineProviderType({
  id: "catcher_mail",
  channel: "email",
  icon: "inbox",
  available: (reach) => reach.catcher !== undefined,
  config: z.strictObject({}),
  configVersion: 1,
  bound: [],
  describe: () => "",
  check: (_, options) => climb(rungs(options), options.signal),
  open: (_, reach) => openOutlet(reach),
});

function openOutlet(reach: Reach) {
  const url = reach.catcher?.smtpUrl;
  const transport = url === undefined ? undefined : createMailTransport({ url });
  return {
    sendMail: async ({ dkim: _, messageId, ...mail }: SenderMail) =>
      transport ? transport.send({ ...mail, messageId: `<${messageId}>` }) : ({ outcome: "refused", reason: "refused_by_policy" } as const),
    close: () => transport?.close(),
  };
}

function rungs({ reach, from, to, send }: CheckOptions): Rung[] {
  const url = reach.catcher?.smtpUrl;
  if (url === undefined) return [{ id: "policy", climb: async () => failure("refused_by_policy") }];
  const test = send && from && to ? [sendTestMail({ from, to }, () => openOutlet(reach))] : [];
  return [knock(url), ...test];
}
