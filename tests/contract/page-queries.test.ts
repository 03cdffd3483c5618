import { beforeAll, describe, expect, test } from "vitest";
import { PAGE_CASES } from "@/tests/contract/page-cases";
import { makeMember } from "@/tests/support/institution";
import { asBrowser } from "@/tests/support/next";
import { asAdmin } from "@/tests/support/outbox";
import { readPage } from "@/tests/support/page-calls";
import { queriesOf } from "@/tests/support/queries";
import { furnish, type Institution } from "@/tests/support/two-institutions";

/** More than a page of the console ever needs, the transactions around its statements included. */
const MOST = 40;

let few: Institution;
let many: Institution;

beforeAll(async () => {
  [few, many] = [await furnish(), await furnish()];
  await multiply(few, 3);
  await multiply(many, 30);
});

const lists = Object.entries(PAGE_CASES).filter(([, { needs, hidden }]) => needs !== "open" && !hidden);

describe.each(lists)("%s", (file, { params, search }) => {
  test("asks the database as often for thirty rows as for three", async () => {
    const read = ({ ids, people }: Institution) =>
      asBrowser({ as: people.owner }, async () => {
        const page = await readPage(file, { params: params?.(ids), search: file.includes("/new/") ? search?.(ids) : {} });
        expect(page).not.toBe("");
      });
    await read(few);
    const [forFew, forMany] = [await queriesOf(() => read(few)), await queriesOf(() => read(many))];
    expect(forMany).toBe(forFew);
    expect(forMany).toBeLessThanOrEqual(MOST);
  });
});

/** Adds that many of everything that a page lists. */
async function multiply({ ids, people }: Institution, count: number): Promise<void> {
  const { institutionId, contactPointId, subscriberId, userId } = ids;
  const own = people.owner.actor.subscriberId;
  for (let n = 0; n < count; n += 1) await makeMember(institutionId);
  const statements: Array<[string, unknown[]]> = [
    [
      `INSERT INTO subscriber (institution_id, id, external_id) SELECT $1, gen_random_uuid(), 'more ' || n FROM generate_series(1, $2::int) n`,
      [],
    ],
    [
      `INSERT INTO contact_point (institution_id, id, subscriber_id, type, label, config, address)
       SELECT $1, gen_random_uuid(), s, 'email', 'More ' || n, '{}', 'more' || n || '@inside.example' FROM generate_series(1, $2::int) n, unnest($3::uuid[]) s`,
      [[own, subscriberId]],
    ],
    [
      `INSERT INTO inbox_item (institution_id, id, subscriber_id, kind, data)
       SELECT $1, gen_random_uuid(), $3, 'test', '{"label":"More"}' FROM generate_series(1, $2::int)`,
      [own],
    ],
    [
      `INSERT INTO message (institution_id, id, kind, type, masked_address, locale, priority, state, reference, contact_point_id, subscriber_id)
       SELECT $1, gen_random_uuid(), 'test', 'email', 'm***@inside.example', 'en', 1, 'sent', 'x', $3, $4 FROM generate_series(1, $2::int)`,
      [contactPointId, own],
    ],
    [
      `INSERT INTO audit_event (institution_id, id, actor_type, actor_id, action, object_type, object_id, outcome, after)
       SELECT $1, gen_random_uuid(), 'member', $4, 'contact_point.updated', 'contact_point', $3, 'success', '{"label":"More"}' FROM generate_series(1, $2::int)`,
      [contactPointId, userId],
    ],
    [
      `INSERT INTO invitation (institution_id, id, email, email_canonical, role, invited_by_id, expires_at)
       SELECT $1, gen_random_uuid(), a, a, 'member', $3, now() + interval '1 day' FROM generate_series(1, $2::int) n, format('more%s@inside.example', n) a`,
      [userId],
    ],
    [
      `INSERT INTO email_domain (institution_id, id, domain, token, dkim_selector, dkim_public_key, dkim_private_key)
       SELECT $1, gen_random_uuid(), format('more%s.inside.example', n), 't', 's', 'k', '-' FROM generate_series(1, $2::int) n`,
      [],
    ],
    [
      `INSERT INTO session (id, user_id, institution_id, expires_at)
       SELECT gen_random_uuid(), $3, $1, now() + interval '1 day' FROM generate_series(1, $2::int)`,
      [userId],
    ],
  ];
  for (const [sql, more] of statements) await asAdmin(sql, [institutionId, count, ...more]);
}
