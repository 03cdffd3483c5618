import { newId } from "@/lib/core/ids";
import { inInstitution } from "@/lib/db/unit-of-work";
import type { Payload } from "@/lib/delivery/payload";
import { integrationPlace, provenPlace, type Secrets, sealSecrets } from "@/lib/services/integrations/secrets";
import { enqueueMessage } from "@/lib/services/messages/enqueue";
import { asAdmin, testReach } from "@/tests/support/outbox";

interface SenderToMake {
  port: number;
  type?: "email" | "sms";
  provider?: string;
  config?: Record<string, unknown>;
  secrets?: Secrets;
  state?: "pending" | "active" | "inactive" | "error";
  /** Proven as it stands, never, or as it was one revision ago, at this port. */
  proven?: boolean | number;
  isDefault?: boolean;
  ratePerMinute?: number;
  name?: string;
  fromName?: string | null;
}

/** A sender to a server on this machine, in any state that it can get into; the worker may reach its port. */
export async function makeSender(institutionId: string, options: SenderToMake): Promise<string> {
  const { port, type = "email", state = "active", proven = true, isDefault = true, secrets = {}, name = "Front desk" } = options;
  const [id, integrationId] = [newId(), newId()];
  const provider = options.provider ?? (type === "email" ? "smtp" : "http_text");
  const config = options.config ?? plainSmtp(port);
  const revision = typeof proven === "number" ? 2 : 1;
  const provenRevision = proven === false ? null : 1;
  const [fromAddress, fromNumber] = type === "email" ? [`desk@${mark(institutionId)}`, null] : [null, "+81312345678"];
  testReach.allowPorts.push(port, ...(typeof proven === "number" ? [proven] : []));
  await asAdmin(
    `INSERT INTO integration (institution_id, id, name, provider, channel, config, secrets, secrets_version) VALUES ($1, $2, $3, $4, $5, $6, $7, 1)`,
    [institutionId, integrationId, name, provider, type, config, sealSecrets(secrets, integrationPlace(institutionId, integrationId, 1))],
  );
  const provenConfig = typeof proven === "number" ? { ...config, port: proven } : config;
  await asAdmin(
    `INSERT INTO sender (institution_id, id, integration_id, type, name, from_address, from_name, from_number, is_default, state, revision,
                         proven_revision, proven_config, proven_secrets, rate_per_minute)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      institutionId,
      id,
      integrationId,
      type,
      name,
      fromAddress,
      options.fromName ?? null,
      fromNumber,
      isDefault,
      state,
      revision,
      provenRevision,
      provenRevision === null ? null : { provider, config: provenConfig, fromAddress, fromNumber },
      provenRevision === null ? null : sealSecrets(secrets, provenPlace(institutionId, id, provenRevision)),
      options.ratePerMinute ?? null,
    ],
  );
  return id;
}

/** Mail in clear and without an account, to this machine. */
export function plainSmtp(port: number) {
  return {
    host: "127.0.0.1",
    port,
    security: "none",
    auth: "none",
    username: "",
    password: "",
    oauthTokenUrl: "",
    oauthClientId: "",
    oauthClientSecret: "",
    oauthRefreshToken: "",
    connectionTimeoutMs: 2000,
    readTimeoutMs: 2000,
    ca: "",
  };
}

/** The domain of what an institution's senders write from, in these tests. */
export const mark = (institutionId: string) => `${institutionId.slice(-8)}.example`;

export interface StoredSender {
  state: string;
  state_reason: string | null;
  state_reply: string | null;
  failure_run: number;
  circuit_open: boolean;
  openings: number;
  last_failure_reason: string | null;
  succeeded: boolean;
  held: boolean;
}

export async function storedSender(id: string): Promise<StoredSender> {
  const [row] = await asAdmin<StoredSender & { id: string }>(
    `SELECT state, state_reason, state_reply, failure_run, coalesce(circuit_open_until > now(), false) AS circuit_open,
            cardinality(circuit_opened_at) AS openings, last_failure_reason, last_success_at IS NOT NULL AS succeeded,
            held_since IS NOT NULL AS held
       FROM sender WHERE id = $1`,
    [id],
  );
  if (!row) {
    throw new Error(`no sender ${id}`);
  }
  return row;
}

/** The code by which a sender is proven, on its way through it. */
export function enqueueSenderVerification(institutionId: string, senderId: string, to: string, type = "email"): Promise<string> {
  const payload: Payload = {
    kind: "sender_verification",
    to,
    institutionName: "Lakeside Clinic",
    senderName: "Front desk",
    code: "012345",
    expiresAt: new Date(Date.now() + 600_000).toISOString(),
    validMinutes: 10,
  };
  return inInstitution(institutionId, (tx) =>
    enqueueMessage(tx, {
      institutionId,
      kind: "sender_verification",
      type,
      maskedAddress: "a***@example.com",
      locale: "en",
      ttlSec: 600,
      senderId,
      payload,
    }),
  );
}
