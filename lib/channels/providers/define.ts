import type { z } from "zod";
import type { DiagnosisEvent } from "@/lib/channels/diagnosis";
import type { DeliveryResult } from "@/lib/delivery/result";

/** One mail on its way through a sender. */
export interface SenderMail {
  from: { name: string; address: string };
  /** Canonical. */
  to: string;
  subject: string;
  html: string;
  text: string;
  /** Without brackets; the same on every attempt (R70). */
  messageId: string;
  language: string;
  /** Of the sender's verified domain, where it has a key. */
  dkim?: { domain: string; selector: string; privateKey: string };
}

/** One text on its way through a sender. */
export interface SenderText {
  /** E.164, or the alphanumeric name that the provider allows. */
  from: string;
  to: string;
  text: string;
  reference: string;
}

/** Kept open by the worker for one sender: a pool of connections, or nothing. */
export interface ProviderOutlet {
  /** Never throws for what the other side or the network does. */
  sendMail?(mail: SenderMail): Promise<DeliveryResult>;
  sendText?(text: SenderText): Promise<DeliveryResult>;
  close(): void;
}

/** How far out of this machine a provider may reach, from the settings of the installation (R46). */
export interface Reach {
  /** CIDRs that are allowed although they are not public addresses. */
  allowCidrs: readonly string[];
  /** TCP ports for mail beyond the usual ones. */
  allowPorts: readonly number[];
  /** ALLOW_PLAINTEXT_SMTP: without TLS, and then never with a password (R43). */
  allowPlaintext: boolean;
  /** Asked instead of the machine's own resolvers. */
  dnsServers?: readonly string[] | undefined;
  /** The catcher of a local start, which listens on loopback. */
  catcher?: { smtpUrl: string; smsUrl: string } | undefined;
}

/** Where the stored secrets stand, for those that the other side replaces by itself, as some do with every refresh token. */
export interface SecretKeeper {
  /** As it stands now; undefined: it is not to be had, or not this keeper's. Never throws. */
  latest(field: string): Promise<string | undefined>;
  /** Keeps `renewed` wherever `used` still stands: what somebody typed meanwhile stays. Never throws. */
  replace(field: string, used: string, renewed: string): Promise<void>;
}

export interface OpenOptions {
  keeper?: SecretKeeper;
}

export interface CheckOptions extends OpenOptions {
  reach: Reach;
  /** What a sender on it writes from: an email address, or a number. */
  from?: string;
  /** The person's own verified address; without it the ladder ends after MAIL FROM. */
  to?: string;
  /** Sends one real message to `to`; only if asked (R32). */
  send?: boolean;
  signal?: AbortSignal;
}

/** A provider of numbers: search, purchase, and what it posts when a text comes in. */
export interface NumberService<Config> {
  search(config: Config, wanted: { country: string; contains?: string; limit: number }, reach: Reach): Promise<NumberOffer[]>;
  buy(config: Config, number: string, options: { webhookUrl: string; reference: string }, reach: Reach): Promise<BoughtNumber>;
  /** Whether it came from the provider, and what it says. null: the signature is wrong or missing. */
  readInbound(config: Config, request: InboundRequest): InboundText | null;
}

export interface NumberOffer {
  /** E.164. */
  number: string;
  locality: string | null;
  /** A decimal as the provider says it, and its currency. */
  monthlyPrice: string | null;
  currency: string | null;
}

export interface BoughtNumber {
  number: string;
  providerReference: string;
  /** False: it is bought, but the provider did not take the address for incoming texts. */
  webhookSet: boolean;
}

export interface InboundRequest {
  /** The public URL that the provider was given, as it signs it. */
  url: string;
  method: string;
  headers: Headers;
  body: string;
}

export interface InboundText {
  from: string;
  to: string;
  text: string;
  providerReference: string;
}

/** Expected failures of the calls above; anything else is a bug. */
export class ProviderError extends Error {
  constructor(
    readonly reason:
      | "credentials_refused"
      | "unreachable"
      | "refused_by_policy"
      | "not_available"
      | "insufficient_funds"
      | "unexpected_answer",
    readonly detail?: string,
  ) {
    super(reason);
  }
}

/** One provider, one file. Fields that are secret say so in their `field()` meta; nothing else decides what is sealed. */
export interface ProviderType<C extends z.ZodObject = z.ZodObject> {
  id: string;
  channel: "email" | "sms";
  icon: "mail" | "phone" | "globe" | "inbox";
  /** Whether one may be made here now; the catcher's only beside a catcher. */
  available: (reach: Reach) => boolean;
  /** What the form asks for; also the API's schema. Strict. */
  config: C;
  configVersion: number;
  /** Fields that say where a secret goes: a change of one of them asks for the secrets anew (R44). */
  bound: readonly (keyof z.output<C> & string)[];
  /** Where it goes, for lists: "smtp.example.com:587". Never a secret. */
  describe: (config: z.output<C>) => string;
  /** Ends by its own deadline (R48), and always with one `result`. */
  check: (config: z.output<C>, options: CheckOptions) => AsyncIterable<DiagnosisEvent>;
  open: (config: z.output<C>, reach: Reach, options?: OpenOptions) => ProviderOutlet;
  numbers?: NumberService<z.output<C>>;
}

export function defineProviderType<C extends z.ZodObject>(type: ProviderType<C>): ProviderType<C> {
  return type;
}
