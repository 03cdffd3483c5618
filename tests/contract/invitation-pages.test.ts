import { expect, test } from "vitest";
import { makeInstitution, makeMember } from "@/tests/support/institution";
import { asBrowser } from "@/tests/support/next";
import { asAdmin } from "@/tests/support/outbox";
import { readPage } from "@/tests/support/page-calls";

test("the members' page turns the pages of invitations, and shows the first where the last one of a page is gone", async () => {
  const institutionId = await makeInstitution();
  const owner = await makeMember(institutionId, "owner");
  await asAdmin(
    `INSERT INTO invitation (institution_id, id, email, email_canonical, role, invited_by_id, expires_at, created_at)
     SELECT $1, gen_random_uuid(), 'guest-' || n || '@example.com', 'guest-' || n || '@example.com', 'member', $2, now() + interval '1 day',
            now() - n * interval '1 minute' FROM generate_series(1, 26) n`,
    [institutionId, owner.actor.userId],
  );
  const read = async (search: Record<string, string> = {}) => {
    const visit = await asBrowser({ as: owner }, () => readPage("app/(console)/members/page.tsx", { search }));
    return visit.kind === "answer" ? String(visit.value) : visit.kind;
  };
  const first = await read();
  expect([first.includes("guest-25@"), first.includes("guest-26@")]).toEqual([true, false]);
  const invitedAfter = /invitedAfter=([\w-]+)/.exec(first)?.[1] ?? "";
  const second = await read({ invitedAfter });
  expect([second.includes("guest-25@"), second.includes("guest-26@")]).toEqual([false, true]);
  await asAdmin(`UPDATE invitation SET revoked_at = now() WHERE institution_id = $1 AND email = 'guest-26@example.com'`, [institutionId]);
  const emptied = await read({ invitedAfter });
  expect([emptied.includes("guest-1@"), emptied.includes("invitedAfter=")]).toEqual([true, false]);
});
