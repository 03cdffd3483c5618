import { createHash, createHmac, randomBytes, randomUUID } from "node:crypto";
import { type ApiAnswer, type ApiCall, basic, type FakeApi, startFakeApi } from "@/tests/support/vendors/fake-api";

export interface FakeVonage {
  api: FakeApi;
  /** What an account's owner types into the form. */
  config: { apiKey: string; apiSecret: string; signatureSecret: string; signatureMethod: "sha256" | "sha512" | "jwt"; baseUrl: string };
  sent: Array<{ to: string; from: string; text: string; type: string; reference: string }>;
  /** By number, without a plus: where its incoming texts go. */
  owned: Map<string, string>;
  available: string[];
  /** By recipient: the status of each part of a text to it. */
  statuses: Map<string, string[]>;
  /** Numbers cost more than there is. */
  broke: boolean;
  /** Does not take addresses for incoming texts. */
  refusesWebhooks: boolean;
  /** A text that comes in, signed as the account is set up. */
  inbound: (url: string, text: { from: string; to: string; text: string; id?: string }, format?: "form" | "json" | "query") => Request;
}

/** As documented: the SMS API answers 200 whatever it thinks, the Numbers API answers 420 to what it refuses. */
export async function startVonage(signatureMethod: FakeVonage["config"]["signatureMethod"] = "sha256"): Promise<FakeVonage> {
  const [apiKey, apiSecret, signatureSecret] = [4, 8, 24].map((bytes) => randomBytes(bytes).toString("hex")) as [string, string, string];
  const api = await startFakeApi(answer);
  const config = { apiKey, apiSecret, signatureSecret, signatureMethod, baseUrl: api.url };
  const fake: FakeVonage = {
    api,
    config,
    sent: [],
    owned: new Map(),
    available: [],
    statuses: new Map(),
    broke: false,
    refusesWebhooks: false,
    inbound,
  };

  function answer(call: ApiCall): ApiAnswer {
    const form = new URLSearchParams(call.body);
    if (call.method === "POST" && call.path === "/sms/json") return send(form);
    if (call.headers.authorization !== basic(apiKey, apiSecret)) return verdict(401, "authentication failed");
    if (call.method === "GET" && call.path === "/account/numbers") return listed([...fake.owned.keys()], call.query);
    if (call.method === "GET" && call.path === "/number/search") return listed(fake.available, call.query);
    if (call.method === "POST" && call.path === "/number/buy") return buy(form);
    if (call.method === "POST" && call.path === "/number/update") return update(form);
    return verdict(404, "not found");
  }

  function send(form: URLSearchParams): ApiAnswer {
    const [to = "", from = "", text = ""] = ["to", "from", "text"].map((name) => form.get(name) ?? "");
    const known = form.get("api_key") === apiKey && form.get("api_secret") === apiSecret;
    const statuses = known ? (fake.statuses.get(to) ?? ["0"]) : ["4"];
    const reference = form.get("client-ref") ?? "";
    if (statuses.includes("0")) fake.sent.push({ to, from, text, type: form.get("type") ?? "", reference });
    const messages = statuses.map((status) =>
      status === "0" ? { to, status, "message-id": randomBytes(8).toString("hex").toUpperCase() } : { status, "error-text": "refused" },
    );
    return { status: 200, body: { "message-count": String(messages.length), messages } };
  }

  function listed(numbers: string[], query: URLSearchParams): ApiAnswer {
    const pattern = query.get("pattern") ?? "";
    const found = numbers.filter((each) => (query.get("search_pattern") === "1" ? each.includes(pattern) : each.startsWith(pattern)));
    const list = found
      .slice(0, Number(query.get("size") ?? 10))
      .map((msisdn) => ({ country: "GB", msisdn, cost: "1.25", features: ["SMS"], moHttpUrl: fake.owned.get(msisdn) }));
    // An empty list is left out of the answer.
    return { status: 200, body: list.length > 0 ? { count: found.length, numbers: list } : {} };
  }

  function buy(form: URLSearchParams): ApiAnswer {
    const number = form.get("msisdn") ?? "";
    if (fake.broke) return verdict(420, "Not enough credit");
    if (!fake.available.includes(number) || !form.get("country")) return verdict(420, "method failed");
    fake.available = fake.available.filter((each) => each !== number);
    fake.owned.set(number, "");
    return verdict(200, "success");
  }

  function update(form: URLSearchParams): ApiAnswer {
    const number = form.get("msisdn") ?? "";
    if (fake.refusesWebhooks || !fake.owned.has(number)) return verdict(420, "method failed");
    fake.owned.set(number, form.get("moHttpUrl") ?? "");
    return verdict(200, "success");
  }

  function inbound(...[url, { from, to, text, id }, format = "form"]: Parameters<FakeVonage["inbound"]>): Request {
    const digits = (number: string) => number.replace("+", "");
    const messageId = id ?? randomBytes(8).toString("hex").toUpperCase();
    const timestamp = String(Math.floor(Date.now() / 1000));
    const plain = {
      "api-key": apiKey,
      msisdn: digits(from),
      to: digits(to),
      messageId,
      text,
      type: "text",
      timestamp,
      nonce: randomUUID(),
    };
    const { signatureMethod: method } = fake.config;
    const fields = method === "jwt" ? plain : { ...plain, sig: signLikeVonage(signatureSecret, method, plain) };
    if (format === "query") return new Request(`${url}?${new URLSearchParams(fields)}`);
    const body = format === "json" ? JSON.stringify(fields) : new URLSearchParams(fields).toString();
    const type = format === "json" ? "application/json" : "application/x-www-form-urlencoded";
    const token = method === "jwt" ? { authorization: `Bearer ${tokenLikeVonage(signatureSecret, apiKey, body)}` } : {};
    return new Request(url, { method: "POST", headers: { "content-type": type, ...token }, body });
  }

  return fake;
}

export function signLikeVonage(secret: string, method: "sha256" | "sha512", fields: Record<string, string>): string {
  const names = Object.keys(fields).sort();
  const text = names.map((name) => `&${name}=${fields[name]?.replace(/[&=]/g, "_")}`).join("");
  return createHmac(method, secret).update(text).digest("hex").toUpperCase();
}

export function tokenLikeVonage(secret: string, apiKey: string, body: string, changes: { alg?: string; claims?: object } = {}): string {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const hash = createHash("sha256").update(body).digest("hex");
  const claims = { iat: Math.floor(Date.now() / 1000), jti: randomUUID(), iss: "Vonage", payload_hash: hash, api_key: apiKey };
  const signed = `${encode({ alg: changes.alg ?? "HS256", typ: "JWT" })}.${encode({ ...claims, ...changes.claims })}`;
  return `${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`;
}

function verdict(code: number, label: string): ApiAnswer {
  return { status: code, body: { "error-code": String(code), "error-code-label": label } };
}
