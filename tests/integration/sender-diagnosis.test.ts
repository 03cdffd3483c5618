import { afterEach, beforeEach, describe, expect, test } from "vitest";
import * as diagnosisRoute from "@/app/api/v1/senders/diagnosis/route";
import type { DiagnosisEvent, DiagnosisResult } from "@/lib/channels/diagnosis";
import { env } from "@/lib/env";
import { activateSender } from "@/lib/services/senders/activate";
import { createSender } from "@/lib/services/senders/create";
import { diagnoseSender } from "@/lib/services/senders/diagnose";
import { getSender } from "@/lib/services/senders/get";
import { setSenderEnabled } from "@/lib/services/senders/set-enabled";
import { updateSender } from "@/lib/services/senders/update";
import { getSpending } from "@/lib/services/sms-spending/get-spending";
import { updateSpending } from "@/lib/services/sms-spending/update-spending";
import { browserRequest, routeArgs } from "@/tests/support/calls";
import { makeInstitution, makeMember } from "@/tests/support/institution";
import { asAdmin, deliverablePoint } from "@/tests/support/outbox";
import { refusal } from "@/tests/support/senders";
import type { Person } from "@/tests/support/two-institutions";
import { type FakeTwilio, startTwilio } from "@/tests/support/vendors/twilio";

const OWN = "+819011112222";
const FROM = "+819012345678";

let institutionId: string;
let admin: Person;
let vendor: FakeTwilio;

beforeEach(async () => {
  vendor = await startTwilio();
  // as an operator would open a relay on this machine
  env().reach.allowCidrs.push("127.0.0.0/8");
  env().reach.allowPorts.push(Number(new URL(vendor.api.url).port));
  vendor.owned.set(FROM, "");
  institutionId = await makeInstitution();
  admin = await makeMember(institutionId, "admin");
});

afterEach(() => vendor.api.stop());

const add = (more = {}) => createSender(admin, { name: "Texts", provider: "twilio", config: vendor.config, fromNumber: FROM, ...more });
const ownNumber = () => deliverablePoint(institutionId, admin.actor.subscriberId, OWN, "sms");

async function diagnose(input: object, as = admin): Promise<DiagnosisEvent[]> {
  return Array.fromAsync(await diagnoseSender(as, input));
}

const resultOf = (events: DiagnosisEvent[]): DiagnosisResult | undefined =>
  events.flatMap((event) => (event.type === "result" ? [event.result] : []))[0];

const free = (key: string) => asAdmin("DELETE FROM rate_bucket WHERE key LIKE $1", [`diagnosis:${key}%`]);
const tests = () =>
  asAdmin<{ outcome: string; after: Record<string, unknown> }>(
    "SELECT outcome, after FROM audit_event WHERE institution_id = $1 AND action = 'sender.tested' ORDER BY at, id",
    [institutionId],
  );

describe("a diagnosis", () => {
  test("of the saved sender is kept on it and audited", async () => {
    const { id: senderId } = await add();
    const result = resultOf(await diagnose({ senderId }));
    expect(result?.verdict).toBe("ok");
    expect(await getSender(admin, { senderId })).toMatchObject({ diagnosis: result, diagnosisIsCurrent: true, state: "pending" });
    expect(await tests()).toMatchObject([{ outcome: "success", after: { verdict: "ok", problem: null, saved: true, provider: "twilio" } }]);
    await updateSender(admin, { senderId, config: { authToken: "no longer that" } });
    expect(await getSender(admin, { senderId })).toMatchObject({ diagnosis: result, diagnosisIsCurrent: false });
  });

  test("of edits that are not saved is kept nowhere", async () => {
    const { id: senderId } = await add();
    const result = resultOf(await diagnose({ senderId, config: { ...vendor.config, authToken: "wrong" }, whole: true }));
    expect(result).toMatchObject({ verdict: "failed", problem: "credentials_refused" });
    expect(await getSender(admin, { senderId })).toMatchObject({ diagnosis: null, diagnosedAt: null });
    expect(await tests()).toMatchObject([{ outcome: "failed", after: { saved: false, problem: "credentials_refused" } }]);
  });

  test("of a form that changes nothing is one of the saved sender, and uses the stored secret", async () => {
    const { id: senderId } = await add();
    const { authToken: _, ...plain } = vendor.config;
    const result = resultOf(await diagnose({ senderId, config: { ...plain, authToken: "******" }, whole: true, fromNumber: FROM }));
    expect(result?.verdict).toBe("ok");
    expect(await getSender(admin, { senderId })).toMatchObject({ diagnosisIsCurrent: true });
  });

  test("works before anything is saved", async () => {
    const result = resultOf(await diagnose({ provider: "twilio", config: vendor.config, fromNumber: FROM }));
    expect(result?.verdict).toBe("ok");
    expect(await refusal(diagnoseSender(admin, { provider: "twilio", config: {} }))).toMatchObject({ code: "validation" });
    expect(await refusal(diagnoseSender(admin, { provider: "nobody", config: {} }))).toMatchObject({ fields: ["provider: invalid"] });
  });

  test("R32: sends only if asked, and to the person's own verified number alone", async () => {
    const other = await makeMember(institutionId, "owner");
    await deliverablePoint(institutionId, other.actor.subscriberId, "+819033334444", "sms");
    const { id: senderId } = await add();
    expect(await refusal(diagnoseSender(admin, { senderId, send: true }))).toMatchObject({ reason: "ownNumberNeeded" });
    expect(await refusal(diagnoseSender(admin, { senderId, send: true, to: OWN }))).toMatchObject({ fields: ["to: unknown"] });
    await ownNumber();
    await diagnose({ senderId });
    expect(vendor.sent).toEqual([]);
    await free("sender");
    expect(resultOf(await diagnose({ senderId, send: true }))?.verdict).toBe("ok");
    expect(vendor.sent.map(({ to }) => to)).toEqual([OWN]);
  });

  test("R32: one a minute a sender, ten an hour an institution, whoever asks", async () => {
    const { id: senderId } = await add();
    await diagnose({ senderId });
    expect(await refusal(diagnoseSender(admin, { senderId }))).toMatchObject({ code: "rate_limited", reason: "diagnosisTooSoon" });
    const fresh = { provider: "twilio", config: vendor.config, fromNumber: FROM };
    for (let n = 1; n < 10; n += 1) await diagnose(fresh);
    const refused = await refusal(diagnoseSender(await makeMember(institutionId, "owner"), fresh));
    expect(refused).toMatchObject({ code: "rate_limited", reason: "diagnosesPerInstitution" });
    expect(refused.retryAfterSec).toBeGreaterThan(3500);
  });

  test("R32: two at once, of 40 that start together", async () => {
    vendor.api.fault = "silence";
    const gone = new AbortController();
    const fresh = { provider: "twilio", config: vendor.config, fromNumber: FROM };
    const runs = await Promise.all(
      Array.from({ length: 40 }, () =>
        diagnoseSender(admin, fresh, gone.signal).then(
          (events) => events,
          () => null,
        ),
      ),
    );
    const running = runs.filter((run) => run !== null);
    expect(running).toHaveLength(2);
    expect(await refusal(diagnoseSender(admin, fresh))).toMatchObject({ code: "rate_limited", reason: "diagnosesAtOnce" });
    gone.abort();
    await Promise.all(running.map((run) => Array.fromAsync(run)));
    vendor.api.fault = undefined;
    expect(resultOf(await diagnose(fresh))?.verdict).toBe("ok");
  });

  test("a good one heals a sender that had stopped, if it is of what was proven", async () => {
    await ownNumber();
    const { id: senderId } = await add();
    await activateSender(admin, { senderId });
    await asAdmin("UPDATE sender SET state = 'error', state_reason = 'auth_failed', failure_run = 5 WHERE id = $1", [senderId]);
    await free("sender");
    vendor.status = "suspended";
    await diagnose({ senderId });
    expect(await getSender(admin, { senderId })).toMatchObject({ state: "error" });
    vendor.status = "active";
    await free("sender");
    await diagnose({ senderId });
    expect(await getSender(admin, { senderId })).toMatchObject({ state: "active", stateReason: null, health: { failureRun: 0 } });
  });
});

describe("a test text", () => {
  const fresh = () => ({ provider: "twilio", config: vendor.config, fromNumber: FROM, send: true });
  const counted = async () => (await getSpending(admin, {})).lines.map(({ country, sent }) => [country, sent]);
  const key = (name: string) => [`${name}:${institutionId}`];

  test("R26: is counted with its cost where it was sent, and only there", async () => {
    await ownNumber();
    await updateSpending(admin, { monthlyBudget: "1", prices: { "*": "0.4" } });
    const { id: senderId } = await add();
    await diagnose({ senderId, send: true });
    expect(await counted()).toEqual([["JP", 1]]);
    vendor.status = "suspended";
    await diagnose(fresh());
    expect(await counted()).toEqual([["JP", 1]]);
    vendor.status = "active";
    await diagnose(fresh());
    expect(await refusal(diagnoseSender(admin, fresh()))).toMatchObject({ code: "precondition_failed", reason: "textBudget" });
    expect([vendor.sent.length, await counted()]).toEqual([2, [["JP", 2]]]);
  });

  test("R26, R27: goes no further than other texts do, and what was refused has used up no test", async () => {
    await deliverablePoint(institutionId, admin.actor.subscriberId, "+84912345678", "sms");
    const { id: senderId } = await add();
    expect(await refusal(diagnoseSender(admin, { senderId, send: true }))).toMatchObject({ reason: "textCountry" });
    await updateSpending(admin, { allow: "VN" });
    await asAdmin("INSERT INTO rate_bucket (key, win, hits) VALUES ($1, date_bin('1 hour', now(), 'epoch'), 100)", key("sms:h"));
    expect(await refusal(diagnoseSender(admin, { senderId, send: true }))).toMatchObject({ reason: "textsPerHour" });
    await asAdmin("DELETE FROM rate_bucket WHERE key = $1", key("sms:h"));
    expect(resultOf(await diagnose({ senderId, send: true }))?.verdict).toBe("ok");
    expect(vendor.sent).toHaveLength(1);
  });

  test("R24: five an hour to one number, over all institutions", async () => {
    await deliverablePoint(institutionId, admin.actor.subscriberId, "+819055556666", "sms");
    for (let n = 0; n < 5; n += 1) await diagnose(fresh());
    expect(await refusal(diagnoseSender(admin, fresh()))).toMatchObject({ code: "rate_limited", reason: "testTextHeld" });
    expect(vendor.sent).toHaveLength(5);
    await diagnose({ ...fresh(), send: false });
  });

  test("goes to nobody who told that sender to stop, under whatever account", async () => {
    await ownNumber();
    const { id: senderId } = await add();
    await asAdmin("INSERT INTO sms_opt_out (institution_id, sender_id, number, word) VALUES ($1, $2, $3, 'STOP')", [
      institutionId,
      senderId,
      OWN,
    ]);
    const wanted = { code: "precondition_failed", reason: "ownNumberStopped" };
    expect(await refusal(diagnoseSender(admin, { senderId, send: true }))).toMatchObject(wanted);
    expect(await refusal(diagnoseSender(admin, fresh()))).toMatchObject(wanted);
    expect(vendor.sent).toEqual([]);
  });
});

describe("activating as a program does", () => {
  test("R49: runs the diagnosis up to the recipient and proves what stands there", async () => {
    const { id: senderId } = await add();
    expect(await refusal(activateSender(admin, { senderId }))).toMatchObject({ code: "precondition_failed", reason: "ownNumberNeeded" });
    await ownNumber();
    expect(await activateSender(admin, { senderId })).toMatchObject({
      state: "active",
      proven: true,
      sending: true,
      provenBy: admin.actor.name,
    });
    const calls = vendor.api.calls.length;
    expect(await activateSender(admin, { senderId })).toMatchObject({ state: "active" });
    expect(vendor.api.calls).toHaveLength(calls);
  });

  test("R49: is refused with the reason when that fails, also after it was switched off", async () => {
    await ownNumber();
    const { id: senderId } = await add({ config: { ...vendor.config, authToken: "wrong" } });
    expect(await refusal(activateSender(admin, { senderId }))).toMatchObject({
      code: "conflict",
      reason: "senderCheckFailed",
      params: { problem: "credentials_refused" },
    });
    expect(await getSender(admin, { senderId })).toMatchObject({ state: "pending", proven: false, diagnosis: { verdict: "failed" } });
    await updateSender(admin, { senderId, config: { authToken: vendor.config.authToken } });
    await free("sender");
    await activateSender(admin, { senderId });
    await setSenderEnabled(admin, { senderId, enabled: false });
    vendor.status = "suspended";
    await free("sender");
    expect(await refusal(activateSender(admin, { senderId }))).toMatchObject({ code: "conflict", reason: "senderCheckFailed" });
    expect(await getSender(admin, { senderId })).toMatchObject({ state: "inactive" });
  });
});

describe("over HTTP", () => {
  const post = async (body: unknown, signal?: AbortSignal) => {
    const request = await browserRequest("/api/v1/senders/diagnosis", { method: "POST", as: admin, body });
    return diagnosisRoute.POST(signal ? new Request(request, { signal }) : request, routeArgs());
  };
  const fresh = () => ({ provider: "twilio", config: vendor.config, fromNumber: FROM });

  test("is told line by line as it happens", async () => {
    const response = await post(fresh());
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("application/x-ndjson");
    expect(response.headers.get("cache-control")).toContain("no-transform");
    const lines = (await response.text()).trimEnd().split("\n");
    const events = lines.map((line) => JSON.parse(line) as DiagnosisEvent);
    expect(events[0]?.type).toBe("start");
    expect(events.filter(({ type }) => type === "result")).toHaveLength(1);
    expect(events.at(-1)?.type).toBe("result");
  });

  test("what is refused is a problem, not a stream", async () => {
    const response = await post({ ...fresh(), nonsense: 1 });
    expect(response.status).toBe(422);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
  });

  test("whoever goes away ends it at once, and frees its place", async () => {
    vendor.api.fault = "silence";
    for (let n = 0; n < 3; n += 1) {
      const reader = (await post(fresh())).body?.getReader();
      await reader?.read();
      const from = performance.now();
      await reader?.cancel();
      expect(performance.now() - from).toBeLessThan(5000);
    }
    expect(await tests()).toMatchObject(Array.from({ length: 3 }, () => ({ outcome: "failed", after: { verdict: "aborted" } })));
    const leases = await asAdmin("SELECT 1 FROM rate_bucket WHERE key = $1 AND hits > 0", [`diagnosis:running:${institutionId}`]);
    expect(leases).toEqual([]);
  });
});
