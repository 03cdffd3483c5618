import { describe, expect, test } from "vitest";
import { type MailData, type MailKind, type RenderedMail, renderMail } from "@/lib/delivery/render/mail";
import { LOCALES, type Locale } from "@/lib/i18n/locales";

const at = new Date("2026-03-04T05:06:00Z");
const institution = "Nguyễn & Sons 病院";

const SAMPLES: { [Kind in MailKind]: MailData[Kind] } = {
  verify: {
    institution,
    address: "ann@example.com",
    link: "https://console.example.com/verify/tOkEn?a=1&b=2",
    code: "012345",
    expiresAt: at,
    validMinutes: 1440,
  },
  test: { institution, label: "Work", address: "ann@example.com", sentAt: at },
  notice: { institution, event: "added", type: "sms", maskedAddress: "+86******89", at, link: "https://console.example.com/" },
  invitation: {
    institution,
    inviter: "Lê Văn",
    role: "admin",
    link: "https://console.example.com/invitation/tOkEn",
    expiresAt: at,
    validMinutes: 10080,
  },
  password_reset: {
    address: "ann@example.com",
    link: "https://console.example.com/reset/tOkEn",
    expiresAt: at,
    validMinutes: 60,
  },
  sender_verification: { institution, sender: "Front desk", code: "012345", expiresAt: at, validMinutes: 10 },
  sender_alert: {
    institution,
    sender: "Front desk",
    reason: "auth_failed",
    reply: "535 5.7.8 bad credentials",
    at,
    link: "https://console.example.com/senders/1",
  },
  domain_alert: {
    institution,
    domain: "clinic.example",
    senders: ["Front desk", "Newsletter"],
    at,
    link: "https://console.example.com/domains/1",
  },
  budget_alert: { institution, percent: 84, link: "https://console.example.com/spending" },
};

const KINDS = Object.keys(SAMPLES) as MailKind[];

function render(kind: MailKind, locale: Locale): RenderedMail {
  return renderMail(kind, locale, SAMPLES[kind]);
}

/** What a reader of the HTML sees, without the preheader. */
function visibleText(html: string): string {
  return html
    .replace(/^.*?<h1/s, "<h1")
    .replace(/<!--.*?-->/gs, "")
    .replace(/<[^>]*>/g, "\n")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");
}

const lines = (text: string) =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

describe.each(LOCALES)("mail in %s", (locale) => {
  test.each(KINDS)("%s reads as agreed", (kind) => {
    const { subject, text } = render(kind, locale);
    expect(`${subject}\n\n${text}`).toMatchSnapshot();
  });

  test("its HTML looks as agreed", () => {
    expect(render("verify", locale).html).toMatchSnapshot();
  });

  test.each(KINDS)("%s says the same in HTML and in text", (kind) => {
    const { html, text } = render(kind, locale);
    const fromText = lines(text).filter((line) => line !== "--" && !line.startsWith("https://"));
    expect(lines(visibleText(html))).toEqual(fromText);
    for (const link of text.match(/^https:\/\/.*$/gm) ?? []) {
      expect(html).toContain(`href="${link.replaceAll("&", "&amp;")}"`);
    }
  });

  test.each(KINDS)("%s names its language and needs nothing from elsewhere", (kind) => {
    const { html, subject } = render(kind, locale);
    expect(html).toContain(`<html lang="${locale}"`);
    expect(html).toContain('<meta name="color-scheme" content="light dark">');
    expect(html).toContain("prefers-color-scheme:dark");
    expect(html).not.toMatch(/<(?:img|link|script|iframe|form)\b|@import|url\(|\ssrc=/i);
    expect(subject).not.toMatch(/\p{C}/u);
  });

  test.each(["added", "changed", "verified", "deleted"] as const)("R20: the notice tells that one was %s, masked", (event) => {
    const { subject, text } = renderMail("notice", locale, { ...SAMPLES.notice, event });
    expect(`${subject}\n${text.split("\n")[0]}`).toMatchSnapshot();
    expect(text).toContain("+86******89");
  });

  test("R20: someone who cannot sign in is told whom to ask", () => {
    const { link: _, ...rest } = SAMPLES.notice;
    const { text } = renderMail("notice", locale, rest);
    expect(text).not.toContain("http");
    expect(lines(text).at(-3)).toContain(institution);
  });

  test("R4: the verification carries link and code, and R11: says that the latest counts", () => {
    const { html, text } = render("verify", locale);
    for (const part of [html, text]) expect(part).toContain("012345");
    expect(text).toContain(SAMPLES.verify.link);
    expect(render("verify", locale).subject).not.toContain("012345");
  });

  test("ASVS 1.2.1: every value is escaped in HTML, and plain in text and subject", () => {
    const hostile = `<img src=x onerror="alert('1')">&amp;{x}</style><!--`;
    const all: { [Kind in MailKind]: MailData[Kind] } = {
      verify: { ...SAMPLES.verify, institution: hostile, address: hostile, code: hostile, link: 'https://x.example/"><b>' },
      test: { ...SAMPLES.test, institution: hostile, label: hostile, address: hostile },
      notice: { ...SAMPLES.notice, institution: hostile, maskedAddress: hostile },
      invitation: { ...SAMPLES.invitation, institution: hostile, inviter: hostile },
      password_reset: { ...SAMPLES.password_reset, address: hostile },
      sender_verification: { ...SAMPLES.sender_verification, institution: hostile, sender: hostile, code: hostile },
      sender_alert: { ...SAMPLES.sender_alert, institution: hostile, sender: hostile, reply: hostile },
      domain_alert: { ...SAMPLES.domain_alert, institution: hostile, domain: hostile, senders: [hostile] },
      budget_alert: { ...SAMPLES.budget_alert, institution: hostile },
    };
    for (const kind of KINDS) {
      const { html, text } = renderMail(kind, locale, all[kind]);
      expect(html).not.toMatch(/<img|<b>|<\/style><!--/);
      expect(html).toContain("&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;amp;{x}&lt;/style&gt;&lt;!--");
      expect(text).toContain(hostile);
    }
  });
});

test("a link that is no web address is refused", () => {
  expect(() => renderMail("verify", "en", { ...SAMPLES.verify, link: "javascript:alert(1)" })).toThrow(TypeError);
  expect(() => renderMail("verify", "en", { ...SAMPLES.verify, link: "/verify/x" })).toThrow(TypeError);
});

test.each([
  [60, "1 hour"],
  [45, "45 minutes"],
  [1, "1 minute"],
  [90, "90 minutes"],
  [1437.5, "23 hours"],
  [1440, "24 hours"],
  [2879, "47 hours"],
  [10080, "7 days"],
])("%d minutes are told as %s", (validMinutes, told) => {
  const { text } = renderMail("password_reset", "en", { ...SAMPLES.password_reset, validMinutes });
  expect(text).toContain(`for ${told}, until`);
});

test("times are told in the reader's zone where it is known", () => {
  const { text } = renderMail("test", "en", { ...SAMPLES.test, timeZone: "Asia/Tokyo" });
  expect(text).toContain("March 4, 2026 at 14:06 GMT+9");
});
