import pg from "pg";
import type { Context } from "@/lib/auth/actor";
import { AppError } from "@/lib/core/errors";
import { createContactPoint } from "@/lib/services/contact-points/create";
import { testDatabase } from "@/tests/support/database";

let count = 0;

/** Adds an address whose first verification message waits; gives the contact point's id. */
export async function addEmail(ctx: Context): Promise<string> {
  count += 1;
  const point = await createContactPoint(ctx, {
    type: "email",
    label: "Work",
    config: { email: `person${count}@example.com` },
    verify: true,
  });
  return point.id;
}

export const tokenOf = (link: string) => link.slice(link.lastIndexOf("/") + 1);
export const wrongCode = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, "0");
/** How it ended: "ok", or the error's code. */
export const codeOf = async (error: Promise<unknown>) =>
  error.then(() => "ok").catch((cause) => (cause instanceof AppError ? cause.code : String(cause)));

/** Moves every clock of a challenge, as if time had passed: the database's own clock decides (R2). */
export async function age(contactPointId: string, seconds: number): Promise<void> {
  const client = new pg.Client({ connectionString: testDatabase().adminUrl });
  await client.connect();
  try {
    const by = `${seconds} seconds`;
    await client.query(
      "UPDATE verification SET expires_at = expires_at - $1::interval, created_at = created_at - $1::interval WHERE contact_point_id = $2",
      [by, contactPointId],
    );
    await client.query("UPDATE contact_point SET next_send_at = next_send_at - $1::interval WHERE id = $2", [by, contactPointId]);
  } finally {
    await client.end();
  }
}

/** Lets every wait pass, so many times. */
export async function allow(contactPointId: string, times = 1): Promise<void> {
  for (let n = 0; n < times; n += 1) {
    await age(contactPointId, 601);
  }
}
