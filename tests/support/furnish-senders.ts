import { newId } from "@/lib/core/ids";
import { hashSenderCode } from "@/lib/services/senders/challenge";
import { asAdmin } from "@/tests/support/outbox";

/** What the tenancy matrix can name of an institution's senders. */
export interface SenderIds {
  integrationId: string;
  senderId: string;
  /** Nothing stands on it. */
  spareIntegrationId: string;
  textIntegrationId: string;
  textSenderId: string;
  emailDomainId: string;
  phoneNumberId: string;
  /** What is on its way through the sender. */
  senderCode: string;
  /** In the email domain. */
  addressInDomain: string;
}

/** One row in each of the senders' tables. Their secrets open for nobody: nothing here is ever sent through them. */
export async function furnishSenders(institutionId: string, userId: string, mark: string): Promise<SenderIds> {
  const ids: SenderIds = {
    integrationId: newId(),
    senderId: newId(),
    spareIntegrationId: newId(),
    textIntegrationId: newId(),
    textSenderId: newId(),
    emailDomainId: newId(),
    phoneNumberId: newId(),
    senderCode: "012345",
    addressInDomain: `office@post.${mark}.example`,
  };
  const insert = (table: string, row: Record<string, unknown>) => {
    const columns = Object.keys({ institution_id: institutionId, ...row });
    return asAdmin(`INSERT INTO ${table} (${columns.join(", ")}) VALUES (${columns.map((_, at) => `$${at + 1}`).join(", ")})`, [
      institutionId,
      ...Object.values(row),
    ]);
  };
  const smtp = { host: `smtp.${mark}.example`, port: 587, security: "starttls", auth: "none" };
  await insert("integration", { id: ids.integrationId, name: `Post ${mark}`, provider: "smtp", channel: "email", config: smtp });
  await insert("integration", { id: ids.spareIntegrationId, name: `Spare ${mark}`, provider: "smtp", channel: "email", config: smtp });
  const gateway = { accountSid: `AC${mark}` };
  await insert("integration", { id: ids.textIntegrationId, name: `Texts ${mark}`, provider: "twilio", channel: "sms", config: gateway });
  await insert("email_domain", {
    id: ids.emailDomainId,
    domain: `post.${mark}.example`,
    token: mark,
    dkim_selector: "reachable",
    dkim_public_key: "-",
    dkim_private_key: "-",
    next_check_at: "2999-01-01T00:00:00Z",
  });
  const number = `+8190${String(Number.parseInt(mark.slice(0, 6), 16)).padStart(8, "0")}`;
  await insert("phone_number", {
    id: ids.phoneNumberId,
    number,
    country: "JP",
    integration_id: ids.textIntegrationId,
    origin: "registered",
  });
  await insert("sender", {
    id: ids.senderId,
    integration_id: ids.integrationId,
    type: "email",
    name: `Front desk ${mark}`,
    from_address: `desk@${mark}.example`,
    email_domain_id: ids.emailDomainId,
  });
  await insert("sender", {
    id: ids.textSenderId,
    integration_id: ids.textIntegrationId,
    type: "sms",
    name: `Texts ${mark}`,
    from_number: number,
    phone_number_id: ids.phoneNumberId,
    state: "active",
    proven_revision: 1,
  });
  const { kid, hash } = hashSenderCode(institutionId, ids.senderId, 1, ids.senderCode);
  await insert("sender_verification", {
    id: newId(),
    sender_id: ids.senderId,
    revision: 1,
    requested_by_id: userId,
    masked_address: "d***@example.com",
    code_hash: hash,
    pepper_kid: kid,
    max_attempts: 5,
    expires_at: new Date(Date.now() + 600_000),
  });
  await insert("sender_day", { sender_id: ids.senderId, day: "2026-01-02", sent: 3, failed: 1 });
  await insert("sms_opt_out", { sender_id: ids.textSenderId, number: "+819011112222", word: "STOP" });
  await insert("sms_day", { day: "2026-01-02", country: "JP", dial_code: "81", sent: 2 });
  await insert("sms_policy", { countries: ["JP", "VN"] });
  await insert("sms_breaker", { dial_code: "84", open_until: new Date(0) });
  return ids;
}
