import type { Context } from "@/lib/auth/actor";
import { type RecordCheck, type RecordKind, readChecks, remember } from "@/lib/channels/email-domain/checks";
import { type DomainState, dkimAfter, nextCheckSec, stateAfter } from "@/lib/channels/email-domain/life";
import { lookAtDomain } from "@/lib/channels/email-domain/look";
import type { Prisma } from "@/lib/db/generated/client";
import { endHeldUnit, inInstitution, type Tx } from "@/lib/db/unit-of-work";
import { withDeadline } from "@/lib/delivery/deadline";
import { openDns } from "@/lib/delivery/dns/lookup";
import { env } from "@/lib/env";
import { type AuditEntry, auditAll } from "@/lib/services/audit/record";
import { unprovenOf } from "@/lib/services/domains/dependents";
import { DOMAIN_SELECT, type DomainRow } from "@/lib/services/domains/dto";
import { findDomain, hostsOf, lockDomain, sendersWithin } from "@/lib/services/domains/internal";
import { tellDomainLost } from "@/lib/services/notices/domain-lost";
import { vouchForWaiting } from "@/lib/services/senders/vouch";

/** However slow the name servers of a domain are, a look at it takes no longer. */
const LOOK_MS = 15_000;

export interface Examined {
  row: DomainRow;
  hosts: string[];
}

/**
 * Reads the domain, asks the name servers outside of any transaction, and writes down what they said. A domain that
 * was deleted meanwhile is not found.
 */
export async function examineDomain(
  institutionId: string,
  domainId: string,
  options: { by: Context; asked: boolean; signal?: AbortSignal },
): Promise<Examined> {
  const { row, hosts } = await inInstitution(institutionId, async (tx) => {
    const found = await findDomain(tx, institutionId, domainId);
    return { row: found, hosts: hostsOf(await sendersWithin(tx, institutionId, found.domain)) };
  });
  await endHeldUnit();
  const judged = await withDeadline(LOOK_MS, options.signal, ({ signal }) =>
    lookAtDomain(openDns({ servers: env().dnsServers, signal }), { ...row, hosts }),
  );
  // what was called off says nothing about the domain
  options.signal?.throwIfAborted();
  const examined = await inInstitution(institutionId, async (tx) => {
    const before = await lockDomain(tx, institutionId, domainId);
    const { after, checks } = await writeDown(tx, institutionId, before, judged);
    await auditAll(tx, institutionId, options.by, eventsOf(before, after, checks, options.asked));
    if (before.state === "verified" && after.state !== "verified") {
      const within = await sendersWithin(tx, institutionId, before.domain);
      const senders = (await unprovenOf(tx, institutionId, within)).map(({ name }) => name);
      await tellDomainLost(tx, institutionId, { id: domainId, domain: before.domain, senders });
    }
    return { row: after, hosts };
  });
  // at every look, not at the first alone: whom a crash left waiting is found at the next one
  if (examined.row.state === "verified") {
    await vouchForWaiting(options.by, institutionId, { domainId });
  }
  return examined;
}

type Judged = Awaited<ReturnType<typeof lookAtDomain>>;

async function writeDown(tx: Tx, institutionId: string, before: DomainRow, judged: Judged) {
  const [clock] = await tx.$queryRaw<Array<{ now: Date }>>`SELECT now() AS now`;
  const now = clock?.now ?? new Date();
  const checks = remember(readChecks(before.records), judged, now.toISOString());
  const state = stateAfter(before.state as DomainState, checks, now);
  const signs = dkimAfter(checks);
  const waitSec = nextCheckSec(state, checks, before.createdAt, now);
  const after = await tx.emailDomain.update({
    where: { institutionId_id: { institutionId, id: before.id } },
    data: {
      state,
      records: checks as unknown as Prisma.InputJsonArray,
      ...(signs === undefined ? {} : { dkimPublishedAt: signs ? (before.dkimPublishedAt ?? now) : null }),
      ...(state === "verified" && before.state !== "verified" ? { verifiedAt: now } : {}),
      checkedAt: now,
      nextCheckAt: new Date(now.getTime() + waitSec * 1000),
      updatedAt: now,
    },
    select: DOMAIN_SELECT,
  });
  return { after, checks };
}

function eventsOf(before: DomainRow, after: DomainRow, checks: readonly RecordCheck[], asked: boolean): AuditEntry[] {
  const object = { type: "domain", id: after.id };
  const { domain } = after;
  const statusOf = (kind: RecordKind) => checks.find((check) => check.kind === kind)?.status ?? null;
  const found = { ownership: statusOf("ownership"), spf: statusOf("spf"), dkim: statusOf("dkim"), dmarc: statusOf("dmarc") };
  const looked: AuditEntry[] = asked ? [{ action: "domain.checked", object, after: { domain, ...found } }] : [];
  if (before.state === after.state) {
    return looked;
  }
  const action = after.state === "verified" ? "domain.verified" : "domain.lost";
  return [...looked, { action, object, before: { domain, state: before.state }, after: { domain, state: after.state } }];
}
