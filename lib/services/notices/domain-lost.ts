import { maskEmail } from "@/lib/core/email-address";
import type { Tx } from "@/lib/db/unit-of-work";
import { env } from "@/lib/env";
import { enqueueMessage } from "@/lib/services/messages/enqueue";
import { adminsOf, writeToInboxes } from "@/lib/services/notices/admins";

interface LostDomain {
  id: string;
  domain: string;
  /** The names of the senders whose address nothing proves any more. */
  senders: readonly string[];
}

const NAMED_MAX = 10;

/** Tells every owner and admin, by the system's sender and in their inbox, that a domain is theirs to prove again. */
export async function tellDomainLost(tx: Tx, institutionId: string, { id, domain, senders }: LostDomain): Promise<void> {
  const admins = await adminsOf(tx, institutionId);
  await writeToInboxes(tx, institutionId, admins, { kind: "domain_lost", data: { label: domain, domainId: id } });
  for (const { subscriberId, email, locale, institutionName } of admins) {
    await enqueueMessage(tx, {
      institutionId,
      kind: "domain_alert",
      type: "email",
      maskedAddress: maskEmail(email),
      locale,
      subscriberId,
      payload: {
        kind: "domain_alert",
        to: email,
        institutionName,
        domain,
        senders: senders.slice(0, NAMED_MAX),
        link: `${env().appOrigin}/domains/${id}`,
        at: new Date().toISOString(),
      },
    });
  }
}
