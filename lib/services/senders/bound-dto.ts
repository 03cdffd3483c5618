import { Prisma } from "@/lib/db/generated/client";
import type { Tx } from "@/lib/db/unit-of-work";

/** available: it sends, from a domain or number that is verified. */
export type Standing = "available" | "pending" | "disabled" | "error";

/** A sender by what it is bound to: an account, and an email domain or a number. */
export interface BoundSenderDto {
  id: string;
  institutionId: string;
  name: string;
  type: "email" | "sms";
  integrationId: string;
  fromAddress: string | null;
  /** null: it writes from an address that no domain of the institution's holds. */
  emailDomainId: string | null;
  fromNumber: string | null;
  /** null: its number was written by hand. */
  phoneNumberId: string | null;
  standing: Standing;
  isDefault: boolean;
  metadata: Record<string, unknown>;
  createdAt: string;
}

interface Row extends Omit<BoundSenderDto, "standing" | "createdAt"> {
  state: string;
  verified: boolean;
  createdAt: Date;
}

const IN_DOMAIN = Prisma.sql`d.institution_id = s.institution_id AND d.state = 'verified'
  AND right(lower(s.from_address), length(d.domain) + 1) IN ('@' || d.domain, '.' || d.domain)`;

/** What is bound to no domain is where its address is: in one, or the account's own. */
const COLUMNS = Prisma.sql`
  s.id, s.institution_id AS "institutionId", s.name, s.type, s.integration_id AS "integrationId", s.from_address AS "fromAddress",
  coalesce(s.email_domain_id, (SELECT d.id FROM email_domain d WHERE ${IN_DOMAIN} ORDER BY length(d.domain) DESC LIMIT 1)) AS "emailDomainId",
  s.from_number AS "fromNumber", s.phone_number_id AS "phoneNumberId", s.is_default AS "isDefault", s.state, s.metadata, s.created_at AS "createdAt",
  CASE WHEN s.type = 'sms' THEN s.phone_number_id IS NULL OR EXISTS (
         SELECT 1 FROM phone_number n WHERE n.institution_id = s.institution_id AND n.id = s.phone_number_id
            AND n.state = 'active' AND (n.verified_at IS NOT NULL OR s.proven_at IS NOT NULL))
       WHEN s.email_domain_id IS NOT NULL THEN EXISTS (
         SELECT 1 FROM email_domain d WHERE d.institution_id = s.institution_id AND d.id = s.email_domain_id AND d.state = 'verified')
       ELSE lower(i.config ->> 'username') IS NOT DISTINCT FROM lower(s.from_address) OR EXISTS (SELECT 1 FROM email_domain d WHERE ${IN_DOMAIN})
  END AS verified`;

/** Mail and text senders by a condition on `s`, in an order. */
export async function readBoundSenders(tx: Tx, where: Prisma.Sql, order: Prisma.Sql, limit: number): Promise<BoundSenderDto[]> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT ${COLUMNS} FROM sender s JOIN integration i ON i.institution_id = s.institution_id AND i.id = s.integration_id
     WHERE ${where} AND s.type IN ('email', 'sms') ORDER BY ${order} LIMIT ${limit}`;
  return rows.map(({ state, verified, createdAt, ...row }) => ({
    ...row,
    standing: standingOf(state, verified),
    createdAt: createdAt.toISOString(),
  }));
}

function standingOf(state: string, verified: boolean): Standing {
  switch (state) {
    case "inactive":
      return "disabled";
    case "error":
      return "error";
    default:
      return state === "active" && verified ? "available" : "pending";
  }
}
