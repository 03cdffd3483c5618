import { X509Certificate } from "node:crypto";
import { z } from "zod";
import { field } from "@/lib/channels/define";
import { hostSlip, tidyHost } from "@/lib/channels/providers/smtp-paste";

const LONGEST_CA = 65_536;
// With the spaces that a pasted host may bring along.
const LONGEST_TYPED = 1_024;
const PEM_BLOCK = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;
const CONTROL = /\p{Cc}/u;
const WITH_PASSWORD = { field: "auth", equals: "password" };
const WITH_OAUTH = { field: "auth", equals: "oauth2" };

const host = z
  .string()
  .max(LONGEST_TYPED)
  .transform(tidyHost)
  .pipe(
    z
      .string()
      .min(1)
      .max(512)
      .superRefine((value, ctx) => {
        const slip = value === "" ? null : hostSlip(value);
        if (slip) ctx.addIssue({ code: "custom", params: { reason: slip } });
      }),
  );

/** One line that a server gets: "" where it is not given. */
const line = (max: number) =>
  z
    .string()
    .max(max)
    .refine((value) => !CONTROL.test(value), { params: { reason: "control_character" } })
    .default("");

const ca = z
  .string()
  .max(LONGEST_CA)
  .transform((text) => text.replaceAll("\r\n", "\n").trim())
  .superRefine((pem, ctx) => {
    const reason = caReason(pem);
    if (reason) ctx.addIssue({ code: "custom", params: { reason } });
  })
  .default("");

const tokenUrl = z
  .string()
  .trim()
  .max(512)
  .refine((text) => text === "" || isTokenUrl(text))
  .default("");

export const smtpConfig = z
  .strictObject({
    host: field(host, { control: "text", words: "host", placeholder: "smtp.example.com", hint: true, inputMode: "url", maxLength: 512 }),
    port: field(z.number().int().min(1).max(65_535), { control: "number", words: "port", placeholder: "587", inputMode: "numeric" }),
    security: field(z.enum(["tls", "starttls", "none"]), { control: "select", words: "security", hint: true }),
    auth: field(z.enum(["password", "oauth2", "none"]).default("password"), { control: "select", words: "auth" }),
    username: field(line(320), {
      control: "text",
      words: "username",
      autoComplete: "off",
      maxLength: 320,
      required: true,
      showWhen: { field: "auth", equals: ["password", "oauth2"] },
    }),
    password: field(line(1024), {
      control: "password",
      words: "password",
      secret: true,
      autoComplete: "new-password",
      maxLength: 1024,
      required: true,
      showWhen: WITH_PASSWORD,
    }),
    oauthTokenUrl: field(tokenUrl, {
      control: "text",
      words: "oauthTokenUrl",
      placeholder: "https://oauth2.googleapis.com/token",
      inputMode: "url",
      maxLength: 512,
      required: true,
      showWhen: WITH_OAUTH,
    }),
    oauthClientId: field(line(512), { control: "text", words: "oauthClientId", maxLength: 512, required: true, showWhen: WITH_OAUTH }),
    oauthClientSecret: field(line(1024), {
      control: "password",
      words: "oauthClientSecret",
      secret: true,
      hint: true,
      autoComplete: "new-password",
      maxLength: 1024,
      showWhen: WITH_OAUTH,
    }),
    oauthRefreshToken: field(line(4096), {
      control: "password",
      words: "oauthRefreshToken",
      secret: true,
      autoComplete: "new-password",
      maxLength: 4096,
      required: true,
      showWhen: WITH_OAUTH,
    }),
    connectionTimeoutMs: field(z.number().int().min(1000).max(60_000).default(10_000), {
      control: "number",
      words: "connectionTimeoutMs",
      advanced: true,
      inputMode: "numeric",
    }),
    readTimeoutMs: field(z.number().int().min(1000).max(120_000).default(30_000), {
      control: "number",
      words: "readTimeoutMs",
      advanced: true,
      inputMode: "numeric",
    }),
    ca: field(ca, { control: "textarea", words: "ca", hint: true, advanced: true, maxLength: LONGEST_CA }),
  })
  .superRefine((config, ctx) => {
    const needs = (name: keyof typeof config) => {
      if (config[name] === "") ctx.addIssue({ code: "custom", path: [name], params: { reason: "required" } });
    };
    const refuse = (name: keyof typeof config, reason: string) => ctx.addIssue({ code: "custom", path: [name], params: { reason } });
    if (config.auth !== "none") needs("username");
    // A password belongs to TLS: without it nothing that signs in may be kept (R43).
    if (config.auth !== "none" && config.security === "none") refuse("security", "security_needs_tls");
    if (config.auth === "password") needs("password");
    if (config.auth === "oauth2") for (const name of ["oauthTokenUrl", "oauthClientId", "oauthRefreshToken"] as const) needs(name);
  });

export type SmtpConfig = z.output<typeof smtpConfig>;

function caReason(pem: string): "ca_invalid" | "ca_is_key" | null {
  if (pem === "") return null;
  if (/PRIVATE KEY-----/.test(pem)) return "ca_is_key";
  const blocks = pem.match(PEM_BLOCK) ?? [];
  return blocks.length > 0 && blocks.every(isCertificate) ? null : "ca_invalid";
}

function isCertificate(pem: string): boolean {
  try {
    new X509Certificate(pem);
    return true;
  } catch {
    return false;
  }
}

function isTokenUrl(text: string): boolean {
  const url = URL.parse(text);
  // Without TLS it is refused later, unless the operator opened that network (R46).
  return url !== null && /^https?:$/.test(url.protocol) && url.username === "" && url.password === "" && url.hash === "";
}
