import { beforeEach, describe, expect, test } from "vitest";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { env } from "@/lib/env";
import { buyNumber } from "@/lib/services/numbers/buy";
import { checkPurchase } from "@/lib/services/numbers/check-purchase";
import { deleteNumber } from "@/lib/services/numbers/delete";
import { getNumber } from "@/lib/services/numbers/get";
import { listNumbers } from "@/lib/services/numbers/list";
import { registerNumber } from "@/lib/services/numbers/register";
import { searchNumbers } from "@/lib/services/numbers/search";
import { makeInstitution, makeMember } from "@/tests/support/institution";
import { atEnd } from "@/tests/support/mail-conversation";
import { asAdmin } from "@/tests/support/outbox";
import { textAccount } from "@/tests/support/text-account";
import type { Person } from "@/tests/support/two-institutions";
import { type FakeTwilio, startTwilio } from "@/tests/support/vendors/twilio";
import { startVonage } from "@/tests/support/vendors/vonage";

let admin: Person;
let institutionId: string;
let integrationId: string;
let twilio: FakeTwilio;

beforeEach(async () => {
  twilio = await startTwilio();
  atEnd(() => twilio.api.stop());
  // the fake listens on loopback
  Object.assign(env().reach, twilio.api.reach);
  twilio.available = ["+12025550101", "+12025550102"];
  institutionId = await makeInstitution();
  admin = await makeMember(institutionId, "admin");
  integrationId = await textAccount(institutionId, "twilio", twilio.config);
});

const failed = (work: Promise<unknown>) =>
  work.then(() => "ok").catch((error: unknown) => (error instanceof AppError ? (error.reason ?? error.code) : String(error)));
const senders = () =>
  asAdmin<{ state: string; from_number: string; phone_number_id: string }>(
    "SELECT state, from_number, phone_number_id FROM sender WHERE institution_id = $1",
    [institutionId],
  );
const actions = () =>
  asAdmin<{ action: string }>("SELECT action FROM audit_event WHERE institution_id = $1 AND action LIKE 'number.%' ORDER BY at, id", [
    institutionId,
  ]).then((rows) => rows.map(({ action }) => action));

describe("buying", () => {
  test("a search shows what the provider sells, and buying makes the number and its pending sender", async () => {
    const { items } = await searchNumbers(admin, { integrationId, country: "US", contains: "0101" });
    expect(items).toMatchObject([{ number: "+12025550101", locality: "Springfield" }]);
    const number = await buyNumber(admin, { integrationId, number: "+12025550101", name: "Front desk" });
    expect(number).toMatchObject({
      origin: "bought",
      state: "active",
      country: "US",
      verified: true,
      sender: { name: "Front desk", state: "pending" },
    });
    expect(await senders()).toEqual([{ state: "pending", from_number: "+12025550101", phone_number_id: number.id }]);
    expect(twilio.owned.get("+12025550101")).toBe(`${env().appOrigin}/hooks/twilio/${integrationId}`);
    expect(await actions()).toEqual(["number.bought"]);
  });

  test("of twenty clicks at once one buys; a later one is answered with the same number", async () => {
    const clicks = await Promise.all(Array.from({ length: 20 }, () => failed(buyNumber(admin, { integrationId, number: "+12025550101" }))));
    expect(clicks.filter((answer) => answer === "ok")).not.toHaveLength(0);
    expect(clicks.filter((answer) => answer !== "ok" && answer !== "numberBeingBought")).toEqual([]);
    expect(twilio.api.calls.filter(({ method }) => method === "POST")).toHaveLength(1);
    expect(await senders()).toHaveLength(1);
    const again = await buyNumber(admin, { integrationId, number: "+12025550101" });
    expect(again.id).toBe((await listNumbers(admin, {})).items[0]?.id);
    expect(await actions()).toEqual(["number.bought"]);
  });

  test("a purchase whose answer is lost is kept, told, and completed by asking again", async () => {
    twilio.api.fault = "drop-after";
    expect(await failed(buyNumber(admin, { integrationId, number: "+12025550101" }))).toBe("numberPurchaseLost");
    const [lost] = (await listNumbers(admin, {})).items;
    expect(lost).toMatchObject({ state: "lost", sender: null });
    expect(await failed(buyNumber(admin, { integrationId, number: "+12025550101" }))).toBe("numberBeingBought");
    expect(await failed(checkPurchase(admin, { numberId: lost?.id }))).toBe("numberPurchaseLost");
    twilio.api.fault = { status: 401, body: { code: 20003 } };
    expect(await failed(checkPurchase(admin, { numberId: lost?.id }))).toBe("providerCredentials");
    twilio.api.fault = undefined;
    const answers = await Promise.all(Array.from({ length: 5 }, () => failed(checkPurchase(admin, { numberId: lost?.id }))));
    expect(answers).toContain("ok");
    expect(await checkPurchase(admin, { numberId: lost?.id })).toMatchObject({ state: "active", sender: { state: "pending" } });
    expect(await senders()).toHaveLength(1);
    expect(await actions()).toEqual(["number.purchase_lost", "number.purchase_lost", "number.purchase_lost", "number.bought"]);
  });

  test("a lost purchase that never happened is given up when the number is neither for sale nor ours", async () => {
    twilio.api.fault = "drop-before";
    expect(await failed(buyNumber(admin, { integrationId, number: "+12025550101" }))).toBe("numberPurchaseLost");
    const [lost] = (await listNumbers(admin, {})).items;
    twilio.api.fault = undefined;
    twilio.available = [];
    expect(await failed(checkPurchase(admin, { numberId: lost?.id }))).toBe("numberGone");
    expect((await listNumbers(admin, {})).items).toEqual([]);
  });

  test("a worker that died in the middle leaves a claim that can be asked about after two minutes", async () => {
    const id = newId();
    await asAdmin(
      "INSERT INTO phone_number (institution_id, id, number, country, integration_id, origin, state) VALUES ($1, $2, '+12025550102', 'US', $3, 'bought', 'buying')",
      [institutionId, id, integrationId],
    );
    expect(await failed(checkPurchase(admin, { numberId: id }))).toBe("numberBeingBought");
    expect(await failed(deleteNumber(admin, { numberId: id }))).toBe("numberBeingBought");
    await asAdmin("UPDATE phone_number SET updated_at = now() - interval '3 minutes' WHERE id = $1", [id]);
    expect(await checkPurchase(admin, { numberId: id })).toMatchObject({ state: "active" });
  });

  test("a number that is gone, and an account that is refused, leave no number behind and are told in words", async () => {
    expect(await failed(buyNumber(admin, { integrationId, number: "+12025550199" }))).toBe("numberGone");
    twilio.api.fault = { status: 401, body: { code: 20003 } };
    expect(await failed(buyNumber(admin, { integrationId, number: "+12025550101" }))).toBe("providerCredentials");
    expect(await failed(searchNumbers(admin, { integrationId, country: "US" }))).toBe("providerCredentials");
    expect((await listNumbers(admin, {})).items).toEqual([]);
    expect(await actions()).toEqual(["number.purchase_failed", "number.purchase_failed"]);
  });

  test("a number whose provider did not take the address for incoming texts says so, and which address that is", async () => {
    const vonage = await startVonage();
    atEnd(() => vonage.api.stop());
    Object.assign(env().reach, vonage.api.reach);
    vonage.available = ["447911123456", "447911123457"];
    const id = await textAccount(institutionId, "vonage", vonage.config);
    const inboundUrl = `${env().appOrigin}/hooks/vonage/${id}`;
    vonage.refusesWebhooks = true;
    const deaf = await buyNumber(admin, { integrationId: id, number: "+447911123456" });
    expect(deaf).toMatchObject({ state: "active", webhookSet: false, inboundUrl });
    expect(await getNumber(admin, { numberId: deaf.id })).toEqual(deaf);
    vonage.refusesWebhooks = false;
    expect(await buyNumber(admin, { integrationId: id, number: "+447911123457" })).toMatchObject({ webhookSet: true, inboundUrl });
    expect((await listNumbers(admin, {})).items.map(({ webhookSet }) => webhookSet)).toEqual([true, false]);
  });

  test("R34: what is being bought counts as the senders that it will have, however many ask at once", async () => {
    const max = env().limits.sendersPerInstitution;
    const wanted = Array.from({ length: 2 * max }, (_, n) => `+1202555${String(1000 + n)}`);
    twilio.available = [...wanted];
    const answers = await Promise.all(wanted.map((number) => failed(buyNumber(admin, { integrationId, number }))));
    expect(answers.filter((answer) => answer === "ok")).toHaveLength(max);
    expect(answers.filter((answer) => answer === "senderLimit")).toHaveLength(max);
    expect([twilio.owned.size, (await senders()).length]).toEqual([max, max]);
  });

  test("R46: a provider's server that does not answer takes whole seconds, and few an hour may be asked", async () => {
    twilio.api.fault = "drop-before";
    for (const ask of [
      () => buyNumber(admin, { integrationId, number: "+12025550101" }),
      () => searchNumbers(admin, { integrationId, country: "US" }),
    ]) {
      const from = performance.now();
      expect(await failed(ask())).toMatch(/numberPurchaseLost|providerUnreachable/);
      expect(performance.now() - from).toBeGreaterThanOrEqual(999);
    }
    await asAdmin("UPDATE rate_bucket SET hits = 60 WHERE key = $1", [`numbers:buy:${institutionId}`]);
    const [lost] = (await listNumbers(admin, {})).items;
    expect(await failed(buyNumber(admin, { integrationId, number: "+12025550102" }))).toBe("numberPurchases");
    expect(await failed(checkPurchase(admin, { numberId: lost?.id }))).toBe("numberPurchases");
  });

  test("R61: another institution's account is not there, and a mail account sells nothing", async () => {
    const foreign = await textAccount(await makeInstitution(), "twilio", twilio.config);
    for (const named of [foreign, newId()]) {
      expect(await failed(searchNumbers(admin, { integrationId: named, country: "US" }))).toBe("not_found");
      expect(await failed(buyNumber(admin, { integrationId: named, number: "+12025550101" }))).toBe("not_found");
      expect(await failed(registerNumber(admin, { integrationId: named, number: "+12025550101" }))).toBe("not_found");
    }
    await asAdmin("UPDATE integration SET channel = 'email', provider = 'smtp' WHERE id = $1", [integrationId]);
    expect(await failed(buyNumber(admin, { integrationId, number: "+12025550101" }))).toBe("validation");
    expect(twilio.api.calls).toEqual([]);
  });
});

describe("registering", () => {
  test("of twenty clicks at once one registers; the number waits for its sender's proof", async () => {
    const clicks = await Promise.all(
      Array.from({ length: 20 }, () => registerNumber(admin, { integrationId, number: "+81 50-1234-5678" })),
    );
    expect(new Set(clicks.map(({ id }) => id)).size).toBe(1);
    expect(clicks[0]).toMatchObject({
      number: "+815012345678",
      origin: "registered",
      verified: false,
      sender: { name: "+81 50 1234 5678", state: "pending" },
    });
    expect(await senders()).toHaveLength(1);
    expect(await failed(buyNumber(admin, { integrationId, number: "+815012345678" }))).toBe("numberExists");
  });

  test("removing a number leaves its sender, which can go then", async () => {
    const { id } = await registerNumber(admin, { integrationId, number: "+815012345678" });
    await deleteNumber(admin, { numberId: id });
    expect((await listNumbers(admin, {})).items).toEqual([]);
    expect(await senders()).toMatchObject([{ from_number: "+815012345678", phone_number_id: null }]);
    expect(await actions()).toEqual(["number.registered", "number.deleted"]);
  });

  test.each(["FRONTDESK", "12", "+81"])("%j is no number", async (number) => {
    expect(await failed(registerNumber(admin, { integrationId, number }))).toBe("validation");
  });
});
