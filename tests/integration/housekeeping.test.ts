import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { newId } from "@/lib/core/ids";
import { closePrisma } from "@/lib/db/client";
import { runHousekeeping } from "@/lib/services/housekeeping/run";
import { makeInstitution, makeMember } from "@/tests/support/institution";
import { asAdmin, deliverablePoint, enqueueInvitation } from "@/tests/support/outbox";

let institutionId: string;
let subscriberId: string;

beforeEach(async () => {
  institutionId = await makeInstitution();
  subscriberId = (await makeMember(institutionId)).actor.subscriberId;
});
afterAll(closePrisma);

/** A contact point as `change`, an SQL list of assignments, leaves it. */
async function pointWith(change: string): Promise<string> {
  const id = await deliverablePoint(institutionId, subscriberId, `${newId()}@example.com`);
  await asAdmin(`UPDATE contact_point SET ${change} WHERE id = $1`, [id]);
  return id;
}

const left = async (ids: string[]) => {
  const rows = await asAdmin<{ id: string }>("SELECT id FROM contact_point WHERE id = ANY($1)", [ids]);
  return ids.map((id) => rows.some((row) => row.id === id));
};

describe("housekeeping", () => {
  it("R19: a contact point that nobody proved goes after seven days, a deleted one after an hour", async () => {
    const ids = [
      await pointWith("verified_at = NULL, created_at = now() - interval '7 days 1 minute'"),
      await pointWith("verified_at = NULL, created_at = now() - interval '6 days 23 hours'"),
      await pointWith("created_at = now() - interval '400 days'"),
      await pointWith("deleted_at = now() - interval '61 minutes'"),
      await pointWith("deleted_at = now() - interval '59 minutes'"),
    ];
    expect(await runHousekeeping()).toBeGreaterThanOrEqual(2);
    expect(await left(ids)).toEqual([false, true, true, false, true]);
  });

  it("R19: it stays while its challenge can still be met", async () => {
    const id = await pointWith("verified_at = NULL, created_at = now() - interval '8 days'");
    await asAdmin(
      `INSERT INTO verification (institution_id, id, contact_point_id, address_version, kind, max_attempts, expires_at)
       VALUES ($1, gen_random_uuid(), $2, 1, 'code', 5, now() + interval '1 minute')`,
      [institutionId, id],
    );
    await runHousekeeping();
    expect(await left([id])).toEqual([true]);
  });

  it("R67: messages are kept for 90 days, audit rows for 365, and what still waits for as long as it waits", async () => {
    const [young, old, waiting] = [
      await enqueueInvitation(institutionId, "a@example.com"),
      await enqueueInvitation(institutionId, "b@example.com"),
      await enqueueInvitation(institutionId, "c@example.com"),
    ];
    await asAdmin("UPDATE message SET state = 'sent', payload = NULL, created_at = now() - interval '89 days' WHERE id = $1", [young]);
    await asAdmin("UPDATE message SET state = 'sent', payload = NULL, created_at = now() - interval '91 days' WHERE id = $1", [old]);
    await asAdmin("UPDATE message SET created_at = now() - interval '91 days' WHERE id = $1", [waiting]);
    for (const days of [364, 366]) {
      await asAdmin(
        `INSERT INTO audit_event (institution_id, id, at, actor_type, action, object_type, object_id, outcome)
         VALUES ($1, gen_random_uuid(), now() - make_interval(days => $2), 'system', 'audit.exported', 'audit', $3, 'success')`,
        [institutionId, days, String(days)],
      );
    }
    await runHousekeeping();
    const messages = await asAdmin<{ id: string }>("SELECT id FROM message WHERE institution_id = $1", [institutionId]);
    expect(messages.map(({ id }) => id).sort()).toEqual([young, waiting].sort());
    expect(await asAdmin("SELECT object_id FROM audit_event WHERE institution_id = $1", [institutionId])).toEqual([{ object_id: "364" }]);
  });

  it("is done by one worker at a time", async () => {
    const id = await pointWith("deleted_at = now() - interval '2 hours'");
    await asAdmin("SELECT pg_advisory_lock(7263401999)");
    expect(await runHousekeeping()).toBe(0);
    expect(await left([id])).toEqual([true]);
    await asAdmin("SELECT pg_advisory_unlock(7263401999)");
    expect(await runHousekeeping()).toBe(1);
    expect(await left([id])).toEqual([false]);
  });
});
