import { z } from "zod";
import { type BoughtNumber, type InboundText, type NumberService, ProviderError, type Reach } from "@/lib/channels/providers/define";
import { type Answer, readAnswer } from "@/lib/channels/providers/parts/answer";
import { refusedBy, thrownFor } from "@/lib/channels/providers/parts/provider-error";
import { callVonage, numberList, toVonage, type VonageConfig, verdict } from "@/lib/channels/providers/vonage/api";
import { isSignedByVonage } from "@/lib/channels/providers/vonage/signature";
import { E164, parsePhoneNumber } from "@/lib/core/phone-number";

const CURRENCY = "EUR";
const inbound = z.record(z.string(), z.unknown());

export const vonageNumbers: NumberService<VonageConfig> = {
  async search(config, { country, contains, limit }, reach) {
    const digits = contains?.replace(/\D/g, "");
    const query = {
      country,
      features: "SMS",
      size: String(Math.min(limit, 100)),
      ...(digits ? { pattern: digits, search_pattern: "1" } : {}),
    };
    const answer = await callVonage(config, reach, { path: "/number/search", query });
    if (!answer.ok) throw thrownFor(answer);
    const page = answer.status === 200 ? readAnswer(numberList, answer.body) : undefined;
    if (!page) throw refusedBy(answer.status);
    const offered = page.numbers.filter(({ msisdn }) => E164.test(`+${msisdn}`));
    return offered.slice(0, limit).map(({ msisdn, cost }) => ({
      number: `+${msisdn}`,
      locality: null,
      monthlyPrice: cost ?? null,
      currency: cost ? CURRENCY : null,
    }));
  },

  async buy(config, number, { webhookUrl }, reach): Promise<BoughtNumber> {
    const parsed = parsePhoneNumber(number);
    const country = parsed.ok ? parsed.value.country : null;
    if (!country) throw new ProviderError("not_available");
    const form = { country, msisdn: toVonage(number) };
    const answer = await callVonage(config, reach, { path: "/number/buy", form });
    if (!isDone(answer) && !(mayBeDone(answer) && (await isOurs(config, form.msisdn, webhookUrl, reach)))) throw refusal(answer);
    const update = { path: "/number/update", form: { ...form, moHttpUrl: webhookUrl } };
    const webhookSet = isDone(await callVonage(config, reach, update)) || isDone(await callVonage(config, reach, update));
    return { number, providerReference: form.msisdn, webhookSet };
  },

  readInbound(config, request): InboundText | null {
    const fields = fieldsOf(request);
    if (!fields || !isSignedByVonage(config, request, fields)) return null;
    if ((fields["api-key"] ?? config.apiKey) !== config.apiKey) return null;
    // The SMS API's names, or the Messages API's.
    const [from, to] = [fields["msisdn"] ?? fields["from"], fields["to"]];
    const providerReference = fields["messageId"] ?? fields["message_uuid"];
    if (!isNumber(from) || !isNumber(to) || !providerReference) return null;
    return { from: `+${toVonage(from)}`, to: `+${toVonage(to)}`, text: fields["text"] ?? "", providerReference };
  },
};

/** As the account says: a query, a form, or JSON, of which only plain values are read. */
function fieldsOf({ url, method, headers, body }: Parameters<typeof vonageNumbers.readInbound>[1]): Record<string, string> | undefined {
  if (method === "GET") return URL.canParse(url) ? Object.fromEntries(new URL(url).searchParams) : undefined;
  if (method !== "POST") return undefined;
  if (!/^application\/json\b/i.test(headers.get("content-type") ?? "")) return Object.fromEntries(new URLSearchParams(body));
  const given = readAnswer(inbound, body);
  const plain = given && Object.entries(given).filter(([, value]) => ["string", "number", "boolean"].includes(typeof value));
  return plain && Object.fromEntries(plain.map(([name, value]) => [name, String(value)]));
}

function isNumber(text: string | undefined): text is string {
  return /^\+?\d{3,15}$/.test(text ?? "");
}

function isDone(answer: Answer): boolean {
  return answer.ok && answer.status === 200 && readAnswer(verdict, answer.body)?.["error-code"] === "200";
}

/** No clear refusal, or an earlier attempt that nobody heard of. */
function mayBeDone(answer: Answer): boolean {
  return answer.ok ? answer.status === 420 || answer.status < 400 || answer.status >= 500 : answer.sent;
}

/** Owned by the account, and not yet somebody's who has texts sent elsewhere. */
async function isOurs(...[config, msisdn, webhookUrl, reach]: [VonageConfig, string, string, Reach]): Promise<boolean> {
  const answer = await callVonage(config, reach, { path: "/account/numbers", query: { pattern: msisdn, search_pattern: "0" } });
  const list = answer.ok && answer.status === 200 ? readAnswer(numberList, answer.body) : undefined;
  return list?.numbers.some((each) => each.msisdn === msisdn && (each.moHttpUrl || webhookUrl) === webhookUrl) ?? false;
}

function refusal(answer: Answer): ProviderError {
  if (!answer.ok) return thrownFor(answer);
  if (answer.status !== 420) return refusedBy(answer.status);
  const label = readAnswer(verdict, answer.body)?.["error-code-label"] ?? "";
  return new ProviderError(/credit|balance|fund/i.test(label) ? "insufficient_funds" : "not_available");
}
