import { z } from "zod";
import { type CheckOptions, defineProviderType, type Reach, type SenderText } from "@/lib/channels/providers/define";
import { climb, failure, type Rung } from "@/lib/channels/providers/parts/climb";
import { knock } from "@/lib/channels/providers/parts/knock";
import { sendTest } from "@/lib/channels/providers/parts/send-test";
import type { DeliveryResult } from "@/lib/delivery/result";
import { sendText } from "@/lib/delivery/text";

/** Keeps texts on this machine instead of sending them; only beside a catcher, whose address the launcher alone sets. */
export const catcherText = defineProviderType({
  id: "catcher_text",
  channel: "sms",
  icon: "inbox",
  available: (reach) => reach.catcher !== undefined,
  config: z.strictObject({}),
  configVersion: 1,
  bound: [],
  describe: () => "",
  check: (_, options) => climb(rungs(options), options.signal),
  open: (_, reach) => ({ sendText: (text) => send(reach, text), close: () => {} }),
});

async function send(reach: Reach, { from, to, text, reference }: SenderText, signal?: AbortSignal): Promise<DeliveryResult> {
  const url = reach.catcher?.smsUrl;
  if (url === undefined) return { outcome: "refused", reason: "refused_by_policy" };
  return sendText({ url, from, to, text, reference, ...(signal ? { signal } : {}) });
}

function rungs({ reach, from, to, send: wanted }: CheckOptions): Rung[] {
  const url = reach.catcher?.smsUrl;
  if (url === undefined) return [{ id: "policy", climb: async () => failure("refused_by_policy") }];
  const test = wanted && from && to ? [sendTest({ from, to }, (text, signal) => send(reach, text, signal))] : [];
  return [knock(url), ...test];
}
