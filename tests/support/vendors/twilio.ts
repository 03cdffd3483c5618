import { createHmac, randomBytes } from "node:crypto";
import { type ApiAnswer, type ApiCall, basic, type FakeApi, startFakeApi } from "@/tests/support/vendors/fake-api";

export interface FakeTwilio {
  api: FakeApi;
  /** What an account's owner types into the form. */
  config: { accountSid: string; authToken: string; baseUrl: string };
  status: "active" | "suspended";
  sent: Array<{ to: string; from: string; body: string; sid: string }>;
  /** By number: where its incoming texts go. */
  owned: Map<string, string>;
  available: string[];
  /** By recipient: the error code that a text to it is refused with. */
  refused: Map<string, number>;
  /** A text that comes in, as Twilio posts it. */
  inbound: (url: string, text: { from: string; to: string; text: string; sid?: string }) => Request;
}

const ERRORS: Record<number, [status: number, message: string]> = {
  20003: [401, "Authenticate"],
  20404: [404, "The requested resource was not found"],
  20429: [429, "Too Many Requests"],
  21408: [400, "Permission to send an SMS has not been enabled for the region indicated by the 'To' number"],
  21422: [400, "PhoneNumber is not available"],
  21606: [400, "The 'From' phone number provided is not a valid message-capable Twilio phone number for this destination"],
  21608: [400, "The number is unverified. Trial accounts cannot send messages to unverified numbers"],
};

/** As documented: basic authentication, forms in, JSON out, errors with a code of their own. */
export async function startTwilio(): Promise<FakeTwilio> {
  const accountSid = `AC${randomBytes(16).toString("hex")}`;
  const authToken = randomBytes(16).toString("hex");
  const api = await startFakeApi(answer);
  const fake: FakeTwilio = {
    api,
    config: { accountSid, authToken, baseUrl: api.url },
    status: "active",
    sent: [],
    owned: new Map(),
    available: [],
    refused: new Map(),
    inbound,
  };

  function answer(call: ApiCall): ApiAnswer {
    const root = `/2010-04-01/Accounts/${accountSid}`;
    if (call.headers.authorization !== basic(accountSid, authToken)) return refusal(20003);
    if (call.path !== `${root}.json` && !call.path.startsWith(`${root}/`)) return refusal(20404);
    const resource = call.path.slice(root.length).replace(/\.json$/, "");
    const form = new URLSearchParams(call.body);
    const search = /^\/AvailablePhoneNumbers\/([A-Z]{2})\/(Local|Mobile)$/.exec(resource);
    if (call.method === "GET" && resource === "") {
      return { status: 200, body: { sid: accountSid, friendly_name: "Lakeside", status: fake.status, type: "Full" } };
    }
    if (call.method === "GET" && search) return search[2] === "Local" ? offers(call.query) : refusal(20404);
    if (resource === "/IncomingPhoneNumbers") return call.method === "POST" ? buy(form) : owned(call.query.get("PhoneNumber") ?? "");
    if (call.method === "GET" && resource === "/SMS/ShortCodes") return { status: 200, body: { short_codes: [] } };
    return call.method === "POST" && resource === "/Messages" ? send(form) : refusal(20404);
  }

  function send(form: URLSearchParams): ApiAnswer {
    const [to = "", from = "", body = ""] = ["To", "From", "Body"].map((name) => form.get(name) ?? "");
    const code = fake.refused.get(to) ?? (fake.owned.has(from) ? undefined : 21606);
    if (code !== undefined) return refusal(code);
    const sid = `SM${randomBytes(16).toString("hex")}`;
    fake.sent.push({ to, from, body, sid });
    return { status: 201, body: { sid, status: "queued", to, from, body, error_code: null } };
  }

  function offers(query: URLSearchParams): ApiAnswer {
    const found = fake.available.filter((number) => number.includes(query.get("Contains") ?? ""));
    const list = found.slice(0, Number(query.get("PageSize"))).map((number) => ({ phone_number: number, locality: "Springfield" }));
    return { status: 200, body: { available_phone_numbers: list } };
  }

  function buy(form: URLSearchParams): ApiAnswer {
    const number = form.get("PhoneNumber") ?? "";
    if (!fake.available.includes(number)) return refusal(21422);
    fake.available = fake.available.filter((each) => each !== number);
    fake.owned.set(number, form.get("SmsUrl") ?? "");
    return { status: 201, body: { sid: sidOf(number), phone_number: number, sms_url: form.get("SmsUrl") } };
  }

  function owned(wanted: string): ApiAnswer {
    const found = [...fake.owned].filter(([number]) => number === wanted);
    const list = found.map(([number, url]) => ({ sid: sidOf(number), phone_number: number, sms_url: url }));
    return { status: 200, body: { incoming_phone_numbers: list } };
  }

  function inbound(...[url, { from, to, text, sid }]: Parameters<FakeTwilio["inbound"]>): Request {
    const fields = { MessageSid: sid ?? `SM${randomBytes(16).toString("hex")}`, AccountSid: accountSid, From: from, To: to, Body: text };
    return new Request(url, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded", "x-twilio-signature": signLikeTwilio(authToken, url, fields) },
      body: new URLSearchParams(fields),
    });
  }

  return fake;
}

export function signLikeTwilio(authToken: string, url: string, fields: Record<string, string>): string {
  const written = Object.keys(fields)
    .sort()
    .map((name) => `${name}${fields[name]}`);
  return createHmac("sha1", authToken)
    .update(url + written.join(""))
    .digest("base64");
}

function refusal(code: number): ApiAnswer {
  const [status, message] = ERRORS[code] ?? [400, "Invalid"];
  return { status, body: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status } };
}

function sidOf(number: string): string {
  return `PN${number.replace(/\D/g, "").padStart(32, "0")}`;
}
