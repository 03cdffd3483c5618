import { describe, expect, test } from "vitest";
import { formSpecFor, secretsOf } from "@/lib/channels/form-spec-for";
import { CHANNELS } from "@/lib/channels/providers/catalogue/define";
import { CATALOGUE, catalogueEntry, credentialForm, entryOf } from "@/lib/channels/providers/catalogue/registry";
import { PROVIDER_TYPES, providerType } from "@/lib/channels/providers/registry";
import { LOCALES } from "@/lib/i18n/locales";
import { translatorFor } from "@/lib/i18n/translator";

/** The ids that programs know, in the order in which they are documented. */
const IDS = `
  emailjs mailgun mailjet mandrill nodemailer postmark sendgrid sendinblue ses netcore infobip-email resend plunk mailersend mailtrap
  clickatell outlook365 novu-email sparkpost email-webhook braze nexmo plivo sms77 sms-central sns telnyx twilio gupshup firetext
  infobip-sms burst-sms bulk-sms isend-sms forty-six-elks kannel maqsam termii africas-talking novu-sms sendchamp generic-sms clicksend
  bandwidth messagebird simpletexting azure-sms ring-central brevo-sms eazy-sms mobishastra afro-message unifonic smsmode imedia sinch
  isendpro-sms fcm apns expo one-signal pushpad push-webhook pusher-beams appio novu slack discord msteams mattermost ryver zulip
  grafana-on-call getstream rocket-chat whatsapp-business chat-webhook novu-slack`
  .trim()
  .split(/\s+/);

test("78 providers, exactly those that programs know, each once", () => {
  expect(IDS).toHaveLength(78);
  expect(CATALOGUE.map(({ id }) => id).sort()).toEqual([...IDS].sort());
  expect(new Set(CATALOGUE.map(({ form }) => form.id)).size).toBe(78);
});

test("what delivers is marked, and nothing else is: each has a provider here that does it", () => {
  const delivering = CATALOGUE.filter(({ delivers }) => delivers).map(({ id, form }) => [id, form.id]);
  expect(delivering).toEqual([
    ["nodemailer", "smtp"],
    ["nexmo", "vonage"],
    ["twilio", "twilio"],
    ["generic-sms", "http_text"],
  ]);
  for (const { form, delivers } of CATALOGUE) expect(providerType(form.id) !== undefined, form.id).toBe(delivers);
});

test("a provider that exists here alone goes by no name of the world's", () => {
  const alone = PROVIDER_TYPES.filter(({ id }) => entryOf(id) === undefined).map(({ id }) => id);
  expect(alone).toEqual(["catcher_mail", "catcher_text"]);
  expect([catalogueEntry("smtp"), credentialForm("nobody")]).toEqual([undefined, undefined]);
});

describe.each(CATALOGUE.map((entry) => [entry.id, entry] as const))("%s", (id, { name, channel, form, delivers }) => {
  test("has a name, a channel, and a form whose words there are in every language", async () => {
    expect(name).toMatch(/^\S.{1,40}$/);
    expect(CHANNELS).toContain(channel);
    expect([form.channel, credentialForm(form.id)]).toEqual([channel, delivers ? providerType(form.id) : form]);
    for (const locale of LOCALES) {
      const t = await translatorFor(locale, "providerTypes");
      for (const { label } of formSpecFor(form, (key) => t(key)).fields) expect(label, `${locale} ${id}`).toMatch(/\S/);
    }
  });

  test("keeps every key, token and password as a secret, and refuses what it does not ask for", () => {
    const spec = formSpecFor(form, (key) => key).fields;
    for (const { name: field, control } of spec.filter(({ name: field }) => SECRET.test(field))) {
      expect(secretsOf(form).includes(field) || PUBLIC.has(`${id}.${field}`) || control === "select", `${id}.${field}`).toBe(true);
    }
    for (const field of form.bound) expect(Object.keys(form.config.shape)).toContain(field);
    expect(form.config.safeParse({ verified: true }).success).toBe(false);
  });
});

const SECRET = /(?:key|token|secret|password|credential|jwt|serviceaccount|connectionstring|appsid)$/i;
/** Keys that only say whose they are: the other half of each is the secret one. */
const PUBLIC = new Set(["emailjs.publicKey", "mailjet.apiKey", "burst-sms.apiKey", "nexmo.apiKey"]);
