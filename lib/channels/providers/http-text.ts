import { type CheckOptions, defineProviderType, type Reach, type SenderText } from "@/lib/channels/providers/define";
import { formatOf, type HttpTextConfig, httpTextConfig } from "@/lib/channels/providers/http-text/config";
import { readHeaders } from "@/lib/channels/providers/http-text/headers";
import { isSuccess, isSuccessStatus, referenceOf } from "@/lib/channels/providers/http-text/success";
import { fillForm, fillJson, fillUrl } from "@/lib/channels/providers/http-text/template";
import { basicAuth, judgeLost } from "@/lib/channels/providers/parts/answer";
import { ask, climb, failure, type Rung, unexpected } from "@/lib/channels/providers/parts/climb";
import { sendTest } from "@/lib/channels/providers/parts/send-test";
import type { DeliveryResult } from "@/lib/delivery/result";
import { judgeStatus } from "@/lib/delivery/text";
import { safeRequest } from "@/lib/delivery/wire/fetch";

export const httpText = defineProviderType({
  id: "http_text",
  channel: "sms",
  icon: "globe",
  available: () => true,
  config: httpTextConfig,
  configVersion: 1,
  bound: ["url", "checkUrl", "auth", "username", "headerName"],
  describe: (config) => originOf(config.url).replace(/^https:\/\//, ""),
  check: (config, options) => climb(rungs(config, options), options.signal),
  open: (config, reach) => ({ sendText: (text) => send(config, reach, text), close: () => {} }),
});

async function send(config: HttpTextConfig, reach: Reach, text: SenderText, signal?: AbortSignal): Promise<DeliveryResult> {
  const answer = await safeRequest(fillUrl(config.url, text), {
    ...requestOf(config, text),
    reach,
    ...(signal ? { signal } : {}),
  });
  if (!answer.ok) return judgeLost(answer);
  const { status, body } = answer;
  if (isSuccess(config, answer)) {
    const providerReference = referenceOf(config, body);
    return providerReference ? { outcome: "sent", providerReference } : { outcome: "sent" };
  }
  // With a good status, and without the words of success, it was answered and not taken.
  if (isSuccessStatus(config, status) || status < 300) return { outcome: "refused", reason: "rejected", httpStatus: status };
  return { ...judgeStatus(status), httpStatus: status };
}

function requestOf(config: HttpTextConfig, text: SenderText): { method: string; headers: Record<string, string>; body?: string } {
  const headers = { ...headersOf(config), "idempotency-key": text.reference };
  if (config.request === "get") return { method: "GET", headers };
  const form = formatOf(config.request) === "form";
  return {
    method: config.request === "put_json" ? "PUT" : "POST",
    headers: { ...headers, "content-type": form ? "application/x-www-form-urlencoded" : "application/json" },
    body: (form ? fillForm : fillJson)(config.body ?? "", text),
  };
}

function headersOf(config: HttpTextConfig): Record<string, string> {
  const own = readHeaders(config.headers ?? "");
  return { accept: "*/*", ...(typeof own === "string" ? {} : own), ...credentials(config) };
}

function credentials({ auth, username, password, headerName, headerValue }: HttpTextConfig): Record<string, string> {
  if (auth === "basic") return { authorization: basicAuth(username ?? "", password ?? "") };
  return auth === "header" ? { [(headerName ?? "").toLowerCase()]: headerValue ?? "" } : {};
}

function rungs(config: HttpTextConfig, options: CheckOptions): Rung[] {
  const { reach, from, to } = options;
  const { checkUrl } = config;
  // Without an address of its own for that, only the way there is tried: the sending address could send.
  const request = checkUrl ? { method: "GET", headers: headersOf(config) } : { method: "HEAD" };
  const address = checkUrl ?? `${originOf(config.url)}/`;
  const climbed: Rung[] = ask(
    (signal) => safeRequest(address, { ...request, reach, signal }),
    ({ status }) => {
      if (!checkUrl || config.auth === "none") return { result: "skipped" };
      if (status === 401 || status === 403) return failure("credentials_refused");
      return status < 300 ? { result: "ok" } : unexpected(status);
    },
  );
  if (options.send && from && to) climbed.push(sendTest({ from, to }, (text, signal) => send(config, reach, text, signal)));
  return climbed;
}

function originOf(template: string): string {
  return /^https?:\/\/[^/?#]*/i.exec(template)?.[0] ?? "";
}
