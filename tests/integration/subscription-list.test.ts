import { expect, test } from "vitest";
import { newId } from "@/lib/core/ids";
import { encodeCursor } from "@/lib/core/page";
import { createPushSender } from "@/lib/services/senders/create-push";
import { getSenderHistory, historyQuery } from "@/lib/services/senders/history";
import { listSubscriptions, subscriptionQuery } from "@/lib/services/subscriptions/list";
import { makeInstitution, makeMember } from "@/tests/support/institution";
import { fill, planOf, walk } from "@/tests/support/queries";

test("among 100,000 subscriptions each page is read off an index, of everybody's as of one sender's or one person's", async () => {
  const institutionId = await makeInstitution();
  const ctx = await makeMember(institutionId, "admin");
  const { id: senderId } = await createPushSender(ctx, { name: "Push", subject: "mailto:push@example.com" });
  await fill(
    "subscriber",
    `INSERT INTO subscriber (institution_id, id, external_id, created_at)
     SELECT $1, gen_random_uuid(), 'customer-' || n, now() FROM generate_series(1, 10000) n`,
    [institutionId],
  );
  await fill(
    "subscription",
    `INSERT INTO subscription (institution_id, id, sender_id, subscriber_id, identifier, identifier_hash, settings, created_at)
     SELECT $1, gen_random_uuid(), $2, p.id, 'https://push.example/' || p.id || n, sha256((p.id::text || n)::bytea), '{}', now() - n * interval '1 minute'
       FROM subscriber p CROSS JOIN generate_series(1, 10) n WHERE p.institution_id = $1 AND p.user_id IS NULL`,
    [institutionId, senderId],
  );
  const middle = encodeCursor([new Date(Date.now() - 5 * 60_000).toISOString(), newId()]);
  const whose = [{}, { senderId }, { subscriberId: ctx.actor.subscriberId }];
  for (const input of whose.flatMap((one) => [one, { ...one, after: middle }, { ...one, before: middle }])) {
    const plan = await planOf(institutionId, subscriptionQuery(institutionId, input));
    expect(plan, JSON.stringify(input)).not.toMatch(/Seq Scan on subscription|Sort Key: n\.created_at/);
  }
  const [first] = (await listSubscriptions(ctx, { limit: 1 })).items;
  const { there, back } = await walk((cursor) => listSubscriptions(ctx, { subscriberId: first?.subscriber.id, limit: 3, ...cursor }));
  expect([there.length, back]).toEqual([10, there]);
});

test("a sender's history is read off an index, whatever an application has kept there since", async () => {
  const institutionId = await makeInstitution();
  const ctx = await makeMember(institutionId, "admin");
  const { id: senderId } = await createPushSender(ctx, { name: "Push", subject: "mailto:push@example.com" });
  await fill(
    "audit_event",
    `INSERT INTO audit_event (institution_id, id, actor_type, action, object_type, object_id, outcome)
     SELECT $1, gen_random_uuid(), 'subscriber', 'subscription.settings_changed', 'sender', $2, 'success' FROM generate_series(1, 100000)`,
    [institutionId, senderId],
  );
  expect(await planOf(institutionId, historyQuery(institutionId, senderId))).toMatch(/Index Scan using audit_event_sender_idx/);
  expect((await getSenderHistory(ctx, { senderId })).entries.map(({ action }) => action)).toEqual(["sender.created"]);
});
