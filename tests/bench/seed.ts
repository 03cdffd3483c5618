import { randomUUID } from "node:crypto";
import type pg from "pg";

export interface Seeded {
  institutionId: string;
  /** One person for each size, who has so many contact points, and whom each request is sent as. */
  people: Map<number, Person>;
  /** Subscribers without an account, who have none yet. */
  others: string[];
}

export interface Person {
  userId: string;
  sessionId: string;
  subscriberId: string;
  contactPoints: string[];
  /** Has as many, for the bare route. */
  twin: { subscriberId: string; contactPoints: string[] };
}

const OTHERS = 1000;
const KEPT_IDS = 1000;

/** Fills one institution by SQL. One contact point in ten still needs its proof. */
export async function seed(db: pg.Client, sizes: readonly number[]): Promise<Seeded> {
  const institutionId = randomUUID();
  await db.query(
    "INSERT INTO institution (id, name, default_country, default_locale, locales) VALUES ($1, 'Lakeside Clinic', 'JP', 'en', '{en}')",
    [institutionId],
  );
  const others = (
    await db.query<{ id: string }>(
      "INSERT INTO subscriber (institution_id, id, external_id) SELECT $1, gen_random_uuid(), 'other-' || n FROM generate_series(1, $2::int) n RETURNING id",
      [institutionId, OTHERS],
    )
  ).rows.map(({ id }) => id);
  const people = new Map<number, Person>();
  for (const size of sizes) people.set(size, await seedPerson(db, institutionId, size));
  await db.query("VACUUM (ANALYZE)");
  return { institutionId, people, others };
}

/** Somebody who signs in, with so many contact points. */
export async function seedPerson(db: pg.Client, institutionId: string, size: number): Promise<Person> {
  const [userId, sessionId, subscriberId, twinId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const email = `owner-of-${size}-${userId}@example.com`;
  await db.query(`INSERT INTO "user" (id, email, email_canonical, name, home_institution_id) VALUES ($1, $2, $2, 'An owner', $3)`, [
    userId,
    email,
    institutionId,
  ]);
  await db.query("INSERT INTO session (id, user_id, institution_id, expires_at) VALUES ($1, $2, $3, now() + interval '1 day')", [
    sessionId,
    userId,
    institutionId,
  ]);
  await db.query(`INSERT INTO subscriber (institution_id, id, external_id, user_id) VALUES ($1, $2, $3, $4), ($1, $5, $6, NULL)`, [
    institutionId,
    subscriberId,
    userId,
    userId,
    twinId,
    `twin-${twinId}`,
  ]);
  await db.query(
    `INSERT INTO membership (institution_id, id, user_id, role, subscriber_id) VALUES ($1, gen_random_uuid(), $2, 'owner', $3)`,
    [institutionId, userId, subscriberId],
  );
  const contactPoints = await seedContactPoints(db, institutionId, subscriberId, size);
  const twin = { subscriberId: twinId, contactPoints: await seedContactPoints(db, institutionId, twinId, size) };
  return { userId, sessionId, subscriberId, contactPoints, twin };
}

async function seedContactPoints(db: pg.Client, institutionId: string, subscriberId: string, size: number): Promise<string[]> {
  await db.query(
    `INSERT INTO contact_point (institution_id, id, subscriber_id, type, label, config, address, verified_at, created_at)
     SELECT $1, gen_random_uuid(), $2, 'email', 'Address ' || n, jsonb_build_object('email', 'person-' || n || '@example.com'),
            'person-' || n || '@example.com', CASE WHEN n % 10 > 0 THEN now() END, now() - make_interval(secs => n)
       FROM generate_series(1, $3::int) n`,
    [institutionId, subscriberId, size],
  );
  const { rows } = await db.query<{ id: string }>(
    "SELECT id FROM contact_point WHERE institution_id = $1 AND subscriber_id = $2 AND verified_at IS NOT NULL LIMIT $3",
    [institutionId, subscriberId, KEPT_IDS],
  );
  return rows.map(({ id }) => id);
}
