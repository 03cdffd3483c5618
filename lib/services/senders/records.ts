import type { DiagnosisResult } from "@/lib/channels/diagnosis";
import { Prisma, type Sender } from "@/lib/db/generated/client";
import type { Tx } from "@/lib/db/unit-of-work";
import type { PlainConfig } from "@/lib/services/integrations/config";
import type { SecretFacts } from "@/lib/services/integrations/secrets";

type Shown = Omit<
  Sender,
  "institutionId" | "provenConfig" | "provenSecrets" | "circuitOpenedAt" | "metadata" | "diagnosis" | "emailDomainId" | "rateNextAt"
>;

/** A sender as answers are made from it. What is sealed is not among it. */
export interface SenderRecord extends Shown {
  now: Date;
  sortName: string;
  provider: string;
  integrationName: string;
  integrationSenders: number;
  config: PlainConfig;
  secretFacts: SecretFacts;
  metadata: Record<string, unknown>;
  diagnosis: DiagnosisResult | null;
  fromIsInDomain: boolean;
  days: Array<{ day: string; sent: number; failed: number }> | null;
}

const COLUMNS = Prisma.sql`
  s.id, s.type, s.name, lower(s.name) AS "sortName", s.remark, s.host, s.from_address AS "fromAddress", s.from_name AS "fromName",
  s.from_number AS "fromNumber", s.phone_number_id AS "phoneNumberId", s.is_default AS "isDefault", s.state, s.state_reason AS "stateReason",
  s.state_reply AS "stateReply", s.state_at AS "stateAt", s.revision, s.proven_revision AS "provenRevision", s.proven_at AS "provenAt",
  s.proven_by_id AS "provenById", s.diagnosis, s.diagnosed_at AS "diagnosedAt", s.diagnosed_revision AS "diagnosedRevision",
  s.failure_run AS "failureRun", s.circuit_open_until AS "circuitOpenUntil", s.last_success_at AS "lastSuccessAt",
  s.last_failure_at AS "lastFailureAt", s.last_failure_reason AS "lastFailureReason", s.held_since AS "heldSince",
  s.send_step AS "sendStep", s.next_send_at AS "nextSendAt", s.rate_per_minute AS "ratePerMinute", s.metadata,
  s.created_by_id AS "createdById", s.created_at AS "createdAt", s.updated_by_id AS "updatedById", s.updated_at AS "updatedAt",
  i.id AS "integrationId", i.provider, i.name AS "integrationName", i.config, i.secret_facts AS "secretFacts", now() AS now,
  c.senders AS "integrationSenders",
  EXISTS (SELECT 1 FROM email_domain d WHERE d.institution_id = s.institution_id AND d.state = 'verified'
             AND right(lower(s.from_address), length(d.domain) + 1) IN ('@' || d.domain, '.' || d.domain)) AS "fromIsInDomain",
  (SELECT json_agg(json_build_object('day', y.day, 'sent', y.sent, 'failed', y.failed) ORDER BY y.day) FROM sender_day y
    WHERE y.institution_id = s.institution_id AND y.sender_id = s.id AND y.day > (now() AT TIME ZONE 'UTC')::date - 14) AS days`;

/** Senders by a condition on `s`, in an order, as answers need them. */
export function readSenders(tx: Tx, where: Prisma.Sql, order: Prisma.Sql, limit: number): Promise<SenderRecord[]> {
  return tx.$queryRaw<SenderRecord[]>`
    SELECT ${COLUMNS} FROM sender s JOIN integration i ON i.institution_id = s.institution_id AND i.id = s.integration_id
      CROSS JOIN LATERAL (SELECT count(*)::int AS senders FROM sender o
                           WHERE o.institution_id = i.institution_id AND o.integration_id = i.id) c
     WHERE ${where} ORDER BY ${order} LIMIT ${limit}`;
}

/** The names of people, as they are called today. */
export async function namesOf(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) {
    return new Map();
  }
  const people = await tx.user.findMany({ where: { id: { in: [...ids] }, deletedAt: null }, select: { id: true, name: true } });
  return new Map(people.map(({ id, name }) => [id, name]));
}
