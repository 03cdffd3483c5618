import pg from "pg";
import { beforeEach, describe, expect, test } from "vitest";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { deleteDomain } from "@/lib/services/domains/delete";
import { createSender } from "@/lib/services/senders/create";
import { getSender } from "@/lib/services/senders/get";
import { updateSender } from "@/lib/services/senders/update";
import { testDatabase } from "@/tests/support/database";
import { makeInstitution, makeMember } from "@/tests/support/institution";
import { asAdmin } from "@/tests/support/outbox";
import { addSmtp, smtpConfig } from "@/tests/support/senders";
import type { Person } from "@/tests/support/two-institutions";

let institutionId: string;
let admin: Person;

beforeEach(async () => {
  institutionId = await makeInstitution();
  admin = await makeMember(institutionId, "admin");
});

async function verifiedDomain(domain: string): Promise<string> {
  const id = newId();
  await asAdmin(
    `INSERT INTO email_domain (institution_id, id, domain, token, dkim_selector, dkim_public_key, dkim_private_key, state, next_check_at)
     VALUES ($1, $2, $3, 't', 's', 'p', 'k', 'verified', '2999-01-01')`,
    [institutionId, id, domain],
  );
  return id;
}

const boundTo = (senderId: string) =>
  asAdmin<{ id: string | null }>("SELECT email_domain_id AS id FROM sender WHERE id = $1", [senderId]).then(([row]) => row?.id);
const add = () => createSender(admin, { name: "x", provider: "smtp", config: smtpConfig(), fromAddress: "desk@mail.clinic.example" });

/** Until somebody waits for a lock. */
async function waiting(): Promise<void> {
  const blocked = () =>
    asAdmin("SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND state = 'active'");
  await expect.poll(async () => (await blocked()).length, { interval: 10 }).toBeGreaterThan(0);
}

/** What comes of `come` where the domain is deleted under it: after it began, and before it is done. */
async function whileItGoes<T>(domainId: string, come: () => Promise<T>): Promise<T> {
  const client = new pg.Client(testDatabase().adminUrl);
  await client.connect();
  try {
    await client.query("BEGIN");
    await client.query("DELETE FROM email_domain WHERE id = $1", [domainId]);
    const coming = come();
    await waiting();
    await client.query("COMMIT");
    return await coming;
  } finally {
    await client.end();
  }
}

describe("a domain that goes at the moment at which a sender comes", () => {
  test("is passed over for the one above it", async () => {
    const [above, nearer] = [await verifiedDomain("clinic.example"), await verifiedDomain("mail.clinic.example")];
    const sender = await whileItGoes(nearer, add);
    expect(await boundTo(sender.id)).toBe(above);
  });

  test("leaves a sender that nothing proves, where there is none above, and a changed address likewise", async () => {
    const moved = await addSmtp(admin);
    for (const come of [add, () => updateSender(admin, { senderId: moved.id, fromAddress: "desk@mail.clinic.example" })]) {
      const sender = await whileItGoes(await verifiedDomain("mail.clinic.example"), come);
      expect(sender).toMatchObject({ fromStanding: "unproven" });
      expect(await boundTo(sender.id)).toBeNull();
    }
  });

  test("either goes or stays for it, 20 times over, and nothing is ever left unsaid", async () => {
    const moved = await addSmtp(admin);
    for (let round = 0; round < 20; round += 1) {
      const domainId = await verifiedDomain("mail.clinic.example");
      const all = await Promise.allSettled([
        add(),
        deleteDomain(admin, { domainId }),
        updateSender(admin, { senderId: moved.id, fromAddress: "desk@mail.clinic.example" }),
      ]);
      const errors = all.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
      expect(errors.filter((error) => !(error instanceof AppError && error.reason === "domainInUse"))).toEqual([]);
      const gone = all[1].status === "fulfilled";
      const created = all[0].status === "fulfilled" ? all[0].value.id : "";
      for (const id of [created, moved.id]) {
        expect(await boundTo(id)).toBe(gone ? null : domainId);
        expect((await getSender(admin, { senderId: id })).fromStanding).toBe(gone ? "unproven" : "verified_domain");
      }
      await asAdmin("DELETE FROM sender WHERE institution_id = $1 AND id <> $2", [institutionId, moved.id]);
      await asAdmin("UPDATE sender SET from_address = 'a@b.example', email_domain_id = NULL WHERE id = $1", [moved.id]);
      await asAdmin("DELETE FROM email_domain WHERE institution_id = $1", [institutionId]);
    }
  });
});
