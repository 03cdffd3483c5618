import { describe, expect, test } from "vitest";
import { POST as readAllRoute } from "@/app/api/v1/inbox/read-all/route";
import { GET as unreadRoute } from "@/app/api/v1/inbox/unread/route";
import type { Context, SignedInMember } from "@/lib/auth/actor";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { encodeCursor } from "@/lib/core/page";
import { createContactPoint } from "@/lib/services/contact-points/create";
import { getContactPoint } from "@/lib/services/contact-points/get";
import { confirmFromInbox } from "@/lib/services/inbox/confirm";
import { listInbox } from "@/lib/services/inbox/list";
import { markAllRead } from "@/lib/services/inbox/mark-all-read";
import { markRead } from "@/lib/services/inbox/mark-read";
import { unreadCount } from "@/lib/services/inbox/unread-count";
import { browserRequest, routeArgs } from "../support/calls";
import { makeInstitution, makeMember, makeSubscriber, stranger } from "../support/institution";
import { admin } from "../support/people";
import { fill, queriesOf, walk } from "../support/queries";

type Member = Context & { actor: SignedInMember };

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => null,
    (cause: unknown) => cause,
  );
  return error instanceof AppError ? error.code : String(error);
}

interface Line {
  kind?: string;
  verificationId?: string | null;
  at?: string;
}

/** A line of somebody's inbox, as the worker would have written it. */
async function arrive({ actor }: Member, { kind = "test", verificationId = null, at }: Line = {}): Promise<string> {
  const id = newId();
  await admin(
    `INSERT INTO inbox_item (institution_id, id, subscriber_id, kind, data, verification_id, created_at)
     VALUES ($1, $2, $3, $4, '{"label": "My inbox"}', $5, coalesce($6::timestamptz, now()))`,
    [actor.institutionId, id, actor.subscriberId, kind, verificationId, at ?? null],
  );
  return id;
}

/** An in-app contact point whose challenge has arrived: its id, and its line. */
async function challenged(ctx: Member): Promise<{ contactPointId: string; itemId: string; verificationId: string }> {
  const point = await createContactPoint(ctx, { type: "in_app", label: "Here", config: {}, verify: true });
  const [verification] = await admin<{ id: string }>("SELECT id FROM verification WHERE contact_point_id = $1 AND voided_at IS NULL", [
    point.id,
  ]);
  const verificationId = verification?.id ?? "";
  return { contactPointId: point.id, itemId: await arrive(ctx, { kind: "verification", verificationId }), verificationId };
}

const newMember = async () => makeMember(await makeInstitution());
const lineOf = async (ctx: Member, id: string) => (await listInbox(ctx, {})).items.find((item) => item.id === id);

describe("the inbox", () => {
  test("shows what is unread first and the newest of each first; reading a line moves it down", async () => {
    const ctx = await newMember();
    const ids: string[] = [];
    for (const second of [1, 2, 3, 4]) {
      ids.push(await arrive(ctx, { at: `2026-01-01T00:00:0${second}Z` }));
    }
    const [first = "", , third = ""] = ids;
    const order = async () => (await listInbox(ctx, {})).items.map(({ id, read }) => `${ids.indexOf(id) + 1}${read ? "" : "*"}`);
    expect(await order()).toEqual(["4*", "3*", "2*", "1*"]);
    await markRead(ctx, { itemId: third });
    await markRead(ctx, { itemId: third });
    await markRead(ctx, { itemId: first });
    expect(await order()).toEqual(["4*", "2*", "3", "1"]);
    expect(await unreadCount(ctx)).toEqual({ count: 2 });
  });

  test("marking all leaves unread what came after the list was read", async () => {
    const ctx = await newMember();
    await arrive(ctx, { at: "2026-01-01T00:00:01Z" });
    await arrive(ctx, { at: "2026-01-01T00:00:02Z" });
    const late = await arrive(ctx, { at: "2026-01-01T00:00:03Z" });
    expect(await markAllRead(ctx, { until: "2026-01-01T00:00:02.000Z" })).toEqual({ count: 2 });
    expect((await listInbox(ctx, {})).items.filter(({ read }) => !read).map(({ id }) => id)).toEqual([late]);
    expect(await markAllRead(ctx, {})).toEqual({ count: 1 });
    expect(await markAllRead(ctx, { until: "0000-01-01T00:00:00Z" })).toEqual({ count: 0 });
    expect(await codeOf(markAllRead(ctx, { until: "yesterday" }))).toBe("validation");
  });

  test("is one's own: another's lines, in this institution or another, are neither shown nor counted nor changed", async () => {
    const institutionId = await makeInstitution();
    const [one, other, foreign] = await Promise.all([makeMember(institutionId, "owner"), makeMember(institutionId), newMember()]);
    for (const ctx of [other, foreign]) {
      const itemId = await arrive(ctx);
      expect(await codeOf(markRead(one, { itemId }))).toBe("not_found");
      expect(await codeOf(confirmFromInbox(one, { itemId }))).toBe("not_found");
      const after = encodeCursor([true, new Date(Date.now() + 60_000).toISOString(), itemId]);
      expect((await listInbox(one, { after })).items).toEqual([]);
      expect((await lineOf(ctx, itemId))?.read).toBe(false);
    }
    expect(await codeOf(markRead(one, { itemId: newId() }))).toBe("not_found");
    expect(await unreadCount(one)).toEqual({ count: 0 });
    expect(await markAllRead(one, {})).toEqual({ count: 0 });
    expect(await codeOf(listInbox(stranger(), {}))).toBe("unauthenticated");
    expect(await codeOf(unreadCount(stranger()))).toBe("unauthenticated");
  });

  test("a challenge is confirmed by its own line, once, and the line counts as read", async () => {
    const ctx = await newMember();
    const { contactPointId, itemId } = await challenged(ctx);
    expect(await lineOf(ctx, itemId)).toMatchObject({
      challenge: "live",
      contactPointId,
      label: "Here",
      contactPointType: "in_app",
      read: false,
    });
    await confirmFromInbox(ctx, { itemId });
    expect(await getContactPoint(ctx, { contactPointId })).toMatchObject({ verified: true });
    expect(await lineOf(ctx, itemId)).toMatchObject({ challenge: "done", read: true });
    expect(await codeOf(confirmFromInbox(ctx, { itemId }))).toBe("verification_failed");
  });

  test.each(["expires_at = now() - interval '1 s'", "voided_at = now()", "attempts = max_attempts"])(
    "a challenge with %s can no longer be confirmed",
    async (end) => {
      const ctx = await newMember();
      const { contactPointId, itemId, verificationId } = await challenged(ctx);
      await admin(`UPDATE verification SET ${end} WHERE id = $1`, [verificationId]);
      expect(await lineOf(ctx, itemId)).toMatchObject({ challenge: "ended" });
      expect(await codeOf(confirmFromInbox(ctx, { itemId }))).toBe("verification_failed");
      expect(await getContactPoint(ctx, { contactPointId })).toMatchObject({ verified: false });
      expect((await lineOf(ctx, itemId))?.read).toBe(false);
    },
  );

  test("a line without a challenge confirms nothing, and one of a deleted contact point leads nowhere", async () => {
    const ctx = await newMember();
    const { contactPointId, itemId } = await challenged(ctx);
    expect(await codeOf(confirmFromInbox(ctx, { itemId: await arrive(ctx) }))).toBe("verification_failed");
    await admin("UPDATE contact_point SET deleted_at = now() WHERE id = $1", [contactPointId]);
    expect(await lineOf(ctx, itemId)).toMatchObject({ challenge: "ended", contactPointId: null });
    await admin("DELETE FROM contact_point WHERE id = $1", [contactPointId]);
    expect(await lineOf(ctx, itemId)).toMatchObject({ challenge: "ended", contactPointId: null });
  });

  test("an admin who added in-app messages for somebody cannot confirm them in their own inbox", async () => {
    const institutionId = await makeInstitution();
    const [ctx, subscriberId] = await Promise.all([makeMember(institutionId, "owner"), makeSubscriber(institutionId)]);
    const point = await createContactPoint(ctx, { type: "in_app", label: "Theirs", config: {}, subscriberId, verify: true });
    const [row] = await admin<{ id: string }>("SELECT id FROM verification WHERE contact_point_id = $1", [point.id]);
    const itemId = await arrive(ctx, { kind: "verification", verificationId: row?.id ?? "" });
    expect(await codeOf(confirmFromInbox(ctx, { itemId }))).toBe("not_found");
    expect(await getContactPoint(ctx, { contactPointId: point.id })).toMatchObject({ verified: false });
  });

  test("counts to a hundred and no further", async () => {
    const ctx = await newMember();
    await fill("inbox_item", LINES, [ctx.actor.institutionId, ctx.actor.subscriberId, 150]);
    expect(await unreadCount(ctx)).toEqual({ count: 100 });
  });

  test("1,000 lines, read and unread, many of one moment, are all seen once, forwards and backwards", async () => {
    const ctx = await newMember();
    await fill("inbox_item", LINES, [ctx.actor.institutionId, ctx.actor.subscriberId, 1000]);
    await admin("UPDATE inbox_item SET read_at = now() WHERE subscriber_id = $1 AND abs(hashtext(id::text)) % 2 = 0", [
      ctx.actor.subscriberId,
    ]);
    const { there, back } = await walk((cursor) => listInbox(ctx, { limit: 43, ...cursor }));
    expect(new Set(there.map(({ id }) => id)).size).toBe(1000);
    expect(there).toHaveLength(1000);
    expect(back).toEqual(there);
  });

  test("a page costs as many queries for 100 lines as for one, and the count is one query", async () => {
    const ctx = await newMember();
    await fill("inbox_item", LINES, [ctx.actor.institutionId, ctx.actor.subscriberId, 200]);
    const one = await queriesOf(() => listInbox(ctx, { limit: 1 }));
    expect(await queriesOf(() => listInbox(ctx, { limit: 100 }))).toBe(one);
    expect(one).toBeLessThanOrEqual(4);
    expect(await queriesOf(() => unreadCount(ctx))).toBeLessThanOrEqual(4);
  });

  test("the browser asks for the number and marks all through the API", async () => {
    const ctx = await newMember();
    await arrive(ctx);
    const count = async () => (await unreadRoute(await browserRequest("/api/v1/inbox/unread", { as: ctx }), routeArgs())).json();
    expect(await count()).toEqual({ count: 1 });
    const marked = await readAllRoute(await browserRequest("/api/v1/inbox/read-all", { as: ctx, method: "POST", body: {} }), routeArgs());
    expect([marked.status, await marked.json()]).toEqual([200, { count: 1 }]);
    expect(await count()).toEqual({ count: 0 });
    const extra = await readAllRoute(
      await browserRequest("/api/v1/inbox/read-all", { as: ctx, method: "POST", body: { all: true } }),
      routeArgs(),
    );
    expect(extra.status).toBe(422);
  });
});

const LINES = `
  INSERT INTO inbox_item (institution_id, id, subscriber_id, kind, data, created_at)
  SELECT $1, gen_random_uuid(), $2, 'test', '{"label": "x"}', timestamptz '2026-01-01' + (n / 30) * interval '1 ms'
    FROM generate_series(1, $3::int) n`;
