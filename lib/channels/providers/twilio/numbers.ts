import { z } from "zod";
import {
  type BoughtNumber,
  type InboundText,
  type NumberOffer,
  type NumberService,
  ProviderError,
  type Reach,
} from "@/lib/channels/providers/define";
import { readAnswer } from "@/lib/channels/providers/parts/answer";
import { refusedBy, thrownFor } from "@/lib/channels/providers/parts/provider-error";
import { said } from "@/lib/channels/providers/parts/said";
import { callTwilio, owned, refusal, type TwilioConfig } from "@/lib/channels/providers/twilio/api";
import { isSignedByTwilio } from "@/lib/channels/providers/twilio/signature";
import { E164 } from "@/lib/core/phone-number";
import { printable } from "@/lib/delivery/result";

const available = z.object({
  available_phone_numbers: z.array(z.object({ phone_number: z.string(), locality: said.nullish(), region: said.nullish() })),
});
const bought = z.object({ sid: said });

// In most countries only one of them takes texts; a kind that a country has not is 404.
const KINDS = ["Mobile", "Local"];
const MAX_FRIENDLY_NAME = 64;

export const twilioNumbers: NumberService<TwilioConfig> = {
  async search(config, { country, contains, limit }, reach) {
    const digits = contains?.replace(/\D/g, "");
    const offers: NumberOffer[] = [];
    for (const kind of KINDS) {
      if (offers.length >= limit) break;
      const query = { SmsEnabled: "true", PageSize: String(limit), ...(digits ? { Contains: digits } : {}) };
      const answer = await callTwilio(config, reach, { path: `/AvailablePhoneNumbers/${encodeURIComponent(country)}/${kind}`, query });
      if (!answer.ok) throw thrownFor(answer);
      if (answer.status === 404) continue;
      const page = answer.status === 200 ? readAnswer(available, answer.body) : undefined;
      if (!page) throw refusedBy(answer.status);
      for (const each of page.available_phone_numbers.filter(({ phone_number: number }) => E164.test(number))) {
        const locality = each.locality || each.region || null;
        offers.push({ number: each.phone_number, locality, monthlyPrice: null, currency: null });
      }
    }
    return offers.slice(0, limit);
  },

  async buy(config, number, { webhookUrl, reference }, reach) {
    const form = {
      PhoneNumber: number,
      SmsUrl: webhookUrl,
      SmsMethod: "POST",
      FriendlyName: reference.slice(0, MAX_FRIENDLY_NAME),
    };
    const answer = await callTwilio(config, reach, { path: "/IncomingPhoneNumbers", form });
    if (answer.ok && answer.status === 201) {
      const sold = readAnswer(bought, answer.body);
      if (sold) return { number, providerReference: sold.sid, webhookSet: true };
    }
    const unclear = answer.ok ? answer.status <= 400 || answer.status >= 500 : answer.sent;
    // An unclear answer, or an earlier attempt that nobody heard of: what counts is whether it is ours, for that very address.
    if (unclear) {
      const ours = await findOwned(config, number, webhookUrl, reach);
      if (ours) return ours;
    }
    if (!answer.ok) throw thrownFor(answer);
    if (answer.status === 400) throw new ProviderError("not_available", readAnswer(refusal, answer.body)?.code.toString());
    throw refusedBy(answer.status);
  },

  readInbound(config, request): InboundText | null {
    if (request.method !== "POST") return null;
    const fields = new URLSearchParams(request.body);
    if (!isSignedByTwilio(config.authToken, request.url, fields, request.headers.get("x-twilio-signature"))) return null;
    const [from, to, providerReference] = [fields.get("From"), fields.get("To"), fields.get("MessageSid")];
    if (fields.get("AccountSid") !== config.accountSid || !from || !to || !providerReference) return null;
    return { from, to: printable(to), text: fields.get("Body") ?? "", providerReference };
  },
};

async function findOwned(...[config, number, webhookUrl, reach]: FindOwned): Promise<BoughtNumber | undefined> {
  const answer = await callTwilio(config, reach, { path: "/IncomingPhoneNumbers", query: { PhoneNumber: number } });
  const list = answer.ok && answer.status === 200 ? readAnswer(owned, answer.body)?.incoming_phone_numbers : undefined;
  const ours = list?.find((each) => each.phone_number === number && each.sms_url === webhookUrl);
  return ours && { number, providerReference: ours.sid, webhookSet: true };
}

type FindOwned = [TwilioConfig, string, string, Reach];
