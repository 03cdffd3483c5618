import type { Context } from "@/lib/auth/actor";
import { newId } from "@/lib/core/ids";
import { inInstitution } from "@/lib/db/unit-of-work";
import { checkDomain } from "@/lib/services/domains/check";
import { createDomain } from "@/lib/services/domains/create";
import type { DomainDto } from "@/lib/services/domains/dto";
import { asAdmin } from "@/tests/support/outbox";
import type { TestDns } from "./dns-server";

/** Publishes what a domain's page says, as its owner would; `except` leaves some of it out. */
export function publish(dns: TestDns, { domain, records }: Pick<DomainDto, "domain" | "records">, except: readonly string[] = []): void {
  dns.zones.set(domain, { ...dns.zones.get(domain), mx: [`mail.${domain}`] });
  for (const { kind, type, name, value } of records) {
    if (type === "TXT" && value !== null && !except.includes(kind)) {
      dns.zones.set(name, { ...dns.zones.get(name), txt: [value] });
    }
  }
}

/** Adds a domain, publishes everything that it asks for, and looks. */
export async function publishAndCheck(dns: TestDns, ctx: Context, domain: string): Promise<DomainDto> {
  const added = await createDomain(ctx, { domain });
  publish(dns, added);
  return checkDomain(ctx, { domainId: added.id });
}

export function domainEvents(id: string): Promise<Array<{ action: string; actorType: string }>> {
  return asAdmin(`SELECT action, actor_type AS "actorType" FROM audit_event WHERE object_id = $1 ORDER BY at, id`, [id]);
}

/** A sender as its own verbs leave it, on an SMTP server by that name. */
export async function addSenderIn(
  institutionId: string,
  { name, fromAddress, host = "smtp.example.com" }: { name: string; fromAddress: string; host?: string },
): Promise<void> {
  const integrationId = newId();
  await inInstitution(institutionId, async (tx) => {
    await tx.integration.create({
      data: { institutionId, id: integrationId, name, provider: "smtp", channel: "email", config: { host, port: 587 } },
    });
    await tx.sender.create({ data: { institutionId, id: newId(), integrationId, type: "email", name, fromAddress } });
  });
}
