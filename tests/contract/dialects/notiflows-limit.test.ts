import { afterEach, beforeEach, expect, test } from "vitest";
import { SubscriptionList } from "@/lib/dialects/notiflows/schemas";
import { env } from "@/lib/env";
import { type Application, callNotiflows, makeApplication } from "@/tests/support/notiflows";
import { asAdmin } from "@/tests/support/outbox";
import { type BrowserSubscription, browserSubscription } from "@/tests/support/push";

let app: Application;

beforeEach(async () => {
  env().limits.requestsPerCredential = { perMinute: 100_000, burst: 10_000 };
  env().limits.subscriptionsPerSubscriber = 2;
  app = await makeApplication();
});

afterEach(() => {
  env().limits.subscriptionsPerSubscriber = 20;
});

/** A shared device: whoever signs in there registers its browser anew. */
const sit = async (user: string, { identifier }: BrowserSubscription) =>
  (await callNotiflows(app, "POST", { user, body: browserSubscription(identifier) })).status;

async function listed(user: string): Promise<string[]> {
  const answer = await callNotiflows(app, "GET", { user });
  return SubscriptionList.parse(await answer.json()).items.map(({ identifier }) => identifier);
}

test("R34: what others took over takes none of a person's room, and the oldest of it goes first", async () => {
  const [desk, ward, lab, own] = [browserSubscription(), browserSubscription(), browserSubscription(), browserSubscription()];
  expect([await sit("ann", desk), await sit("ben", desk), await sit("ann", ward), await sit("cyd", ward)]).toEqual([201, 201, 201, 201]);
  expect([await sit("ann", lab), await sit("ann", own)]).toEqual([201, 201]);
  expect(await listed("ann")).toEqual([own.identifier, lab.identifier]);
  expect(await sit("ann", browserSubscription())).toBe(422);
  expect([await listed("ben"), await listed("cyd")]).toEqual([[desk.identifier], [ward.identifier]]);
  const trail = await asAdmin<{ before: { identifier: string; reason: string } }>(
    "SELECT before FROM audit_event WHERE institution_id = $1 AND action = 'subscription.deleted' ORDER BY at, id",
    [app.institutionId],
  );
  const masked = [desk, ward].map(({ identifier }) => `fcm.googleapis.com/…${identifier.slice(-4)}`);
  expect(trail.map(({ before }) => [before.identifier, before.reason])).toEqual(masked.map((identifier) => [identifier, "disabled"]));
});

test("R34: ten people on ten shared devices at once: each has at most two, and each device at most one of them", async () => {
  const devices = Array.from({ length: 10 }, () => browserSubscription());
  const people = devices.map((_, at) => `person-${at}`);
  const answers = await Promise.all(people.flatMap((person) => devices.map((device) => sit(person, device))));
  expect(answers.filter((status) => ![200, 201, 422].includes(status))).toEqual([]);
  const hoarders = await asAdmin("SELECT subscriber_id FROM subscription WHERE institution_id = $1 GROUP BY 1 HAVING count(*) > 2", [
    app.institutionId,
  ]);
  expect(hoarders).toEqual([]);
  const live = await asAdmin(
    "SELECT identifier FROM subscription WHERE institution_id = $1 AND disabled_at IS NULL GROUP BY 1 HAVING count(*) > 1",
    [app.institutionId],
  );
  expect(live).toEqual([]);
});
