import { z } from "zod";
import { field } from "@/lib/channels/define";
import { nameSlip, readHeaders } from "@/lib/channels/providers/http-text/headers";
import { bodySlip, urlSlip, uses } from "@/lib/channels/providers/http-text/template";
import { plainUrl } from "@/lib/channels/providers/parts/base-url";
import { optionalText } from "@/lib/channels/providers/parts/optional-text";

const REQUESTS = ["post_json", "post_form", "put_json", "get"] as const;
const AUTHS = ["none", "basic", "header"] as const;
const CHECKS = ["status", "text", "json"] as const;
const WITH_BODY = ["post_json", "post_form", "put_json"];
const STATUSES = /^[1-5]\d\d(?:-[1-5]\d\d)?(?:,[1-5]\d\d(?:-[1-5]\d\d)?)*$/;
const PATH = /^[\w-]+(?:\.[\w-]+)*$/;
const PRINTABLE = /^[\t\x20-\x7e]*$/;

const words = (max: number) => z.string().trim().min(1).max(max);
const plain = { control: "text", autoComplete: "off" } as const;

export const httpTextConfig = z
  .strictObject({
    url: field(words(1024), { ...plain, words: "url", hint: true, placeholder: "https://…", inputMode: "url", maxLength: 1024 }),
    request: field(z.enum(REQUESTS).default("post_json"), { control: "select", words: "request" }),
    body: field(optionalText(words(8192)), {
      control: "textarea",
      words: "body",
      hint: true,
      placeholder: '{"to": "{to}", "from": "{from}", "text": "{text}", "id": "{reference}"}',
      maxLength: 8192,
      required: true,
      showWhen: { field: "request", equals: WITH_BODY },
    }),
    headers: field(optionalText(words(4096)), { control: "textarea", words: "headers", advanced: true, hint: true, maxLength: 4096 }),
    auth: field(z.enum(AUTHS).default("none"), { control: "select", words: "httpAuth" }),
    username: field(optionalText(words(255)), {
      ...plain,
      words: "username",
      maxLength: 255,
      required: true,
      showWhen: { field: "auth", equals: "basic" },
    }),
    password: field(optionalText(z.string().min(1).max(1024)), {
      control: "password",
      words: "password",
      secret: true,
      maxLength: 1024,
      required: true,
      showWhen: { field: "auth", equals: "basic" },
    }),
    headerName: field(optionalText(words(64)), {
      ...plain,
      words: "headerName",
      placeholder: "Authorization",
      maxLength: 64,
      required: true,
      showWhen: { field: "auth", equals: "header" },
    }),
    headerValue: field(optionalText(z.string().trim().min(1).max(4096).regex(PRINTABLE)), {
      control: "password",
      words: "headerValue",
      hint: true,
      secret: true,
      maxLength: 4096,
      required: true,
      showWhen: { field: "auth", equals: "header" },
    }),
    successStatus: field(z.string().transform(tight).pipe(z.string().max(100).regex(STATUSES)).default("200-299"), {
      ...plain,
      words: "successStatus",
      advanced: true,
      hint: true,
      maxLength: 100,
    }),
    successCheck: field(z.enum(CHECKS).default("status"), { control: "select", words: "successCheck", advanced: true }),
    successText: field(optionalText(words(255)), {
      ...plain,
      words: "successText",
      advanced: true,
      maxLength: 255,
      required: true,
      showWhen: { field: "successCheck", equals: "text" },
    }),
    successPath: field(optionalText(words(255).regex(PATH)), {
      ...plain,
      words: "successPath",
      advanced: true,
      hint: true,
      placeholder: "messages.0.status",
      maxLength: 255,
      required: true,
      showWhen: { field: "successCheck", equals: "json" },
    }),
    successValue: field(optionalText(words(255)), {
      ...plain,
      words: "successValue",
      advanced: true,
      maxLength: 255,
      required: true,
      showWhen: { field: "successCheck", equals: "json" },
    }),
    referencePath: field(optionalText(words(255).regex(PATH)), {
      ...plain,
      words: "referencePath",
      advanced: true,
      hint: true,
      placeholder: "messages.0.id",
      maxLength: 255,
    }),
    checkUrl: field(optionalText(words(1024)), { ...plain, words: "checkUrl", hint: true, inputMode: "url", maxLength: 1024 }),
  })
  .superRefine((config, ctx) => {
    const refuse = (name: keyof typeof config, reason: string | undefined) => {
      if (reason) ctx.addIssue({ code: "custom", path: [name], params: { reason } });
    };
    const needs = (...names: Array<keyof typeof config>) => {
      for (const name of names) if (config[name] === undefined) refuse(name, "required");
    };
    refuse("url", urlSlip(config.url));
    if (config.checkUrl !== undefined && !isSameOrigin(config.checkUrl, config.url)) refuse("checkUrl", "other_origin");
    if (config.request !== "get") {
      needs("body");
      if (config.body !== undefined) refuse("body", bodySlip(config.body, formatOf(config.request)));
    }
    const templates = config.request === "get" ? [config.url] : [config.url, config.body];
    if (!uses(templates, "to", "toDigits")) refuse(config.request === "get" ? "url" : "body", "template_without_to");
    if (!uses(templates, "text")) refuse(config.request === "get" ? "url" : "body", "template_without_text");
    const headers = readHeaders(config.headers ?? "");
    if (typeof headers === "string") refuse("headers", headers);
    if (config.auth === "basic") needs("username", "password");
    if (config.auth === "header") {
      needs("headerName", "headerValue");
      if (config.headerName !== undefined) refuse("headerName", nameSlip(config.headerName));
    }
    if (config.successCheck === "text") needs("successText");
    if (config.successCheck === "json") needs("successPath", "successValue");
  });

export type HttpTextConfig = z.output<typeof httpTextConfig>;

export function formatOf(request: HttpTextConfig["request"]): "json" | "form" {
  return request === "post_form" ? "form" : "json";
}

function tight(text: string): string {
  return text.replace(/\s+/g, "");
}

/** Whatever signs in there is sent along, so it may not lead elsewhere (R44). */
function isSameOrigin(address: string, template: string): boolean {
  const [url, host] = [plainUrl(address), /^https?:\/\/[^/?#]*/i.exec(template)?.[0]];
  return url !== undefined && host !== undefined && URL.canParse(host) && new URL(host).origin === url.origin;
}
