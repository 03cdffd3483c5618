import { describe, expect, test } from "vitest";
import type { Context } from "@/lib/auth/actor";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { encodeCursor } from "@/lib/core/page";
import { createContactPoint } from "@/lib/services/contact-points/create";
import { listContactPoints } from "@/lib/services/contact-points/list";
import { createSubscriber } from "@/lib/services/subscribers/create";
import { deleteSubscriber } from "@/lib/services/subscribers/delete";
import { getSubscriber } from "@/lib/services/subscribers/get";
import { listSubscribers, subscriberQuery } from "@/lib/services/subscribers/list";
import { updateSubscriber } from "@/lib/services/subscribers/update";
import { makeInstitution, makeMember, makeSubscriber, stranger } from "../support/institution";
import { admin } from "../support/people";
import { fill, planOf, queriesOf, walk } from "../support/queries";

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => null,
    (cause: unknown) => cause,
  );
  return error instanceof AppError ? `${error.code}${error.reason ? `: ${error.reason}` : ""}` : String(error);
}

const auditOf = (subscriberId: string) =>
  admin<{ action: string; before: unknown; after: unknown }>(
    "SELECT action, before, after FROM audit_event WHERE object_id = $1 ORDER BY at, id",
    [subscriberId],
  );

describe("subscribers", () => {
  test("one is added by external id, changed, and deleted, each with its audit row", async () => {
    const ctx = await makeMember(await makeInstitution(), "admin");
    const added = await createSubscriber(ctx, { externalId: "  customer 42 " });
    expect(added).toMatchObject({ externalId: "customer 42", name: null, locale: null, hasAccount: false });
    const changed = await updateSubscriber(ctx, { subscriberId: added.id, name: "Mai", locale: "vi" });
    expect(changed).toMatchObject({ externalId: "customer 42", name: "Mai", locale: "vi" });
    expect(await getSubscriber(ctx, { subscriberId: added.id })).toEqual(changed);
    await updateSubscriber(ctx, { subscriberId: added.id, name: "Mai" });
    await deleteSubscriber(ctx, { subscriberId: added.id });
    expect(await codeOf(getSubscriber(ctx, { subscriberId: added.id }))).toBe("not_found");
    const rows = await auditOf(added.id);
    expect(rows.map(({ action }) => action)).toEqual(["subscriber.created", "subscriber.updated", "subscriber.deleted"]);
    expect(JSON.stringify(rows)).not.toContain("Mai");
  });

  test("R67: an address used as an external id is masked in the audit log", async () => {
    const ctx = await makeMember(await makeInstitution(), "admin");
    const { id } = await createSubscriber(ctx, { externalId: "linh.pham@example.com" });
    const text = JSON.stringify(await auditOf(id));
    expect(text).toContain("l***@example.com");
    expect(text).not.toContain("linh.pham");
  });

  test("an external id is one subscriber's only, also when two ask at once; another institution may use it too", async () => {
    const [here, there] = await Promise.all([makeInstitution(), makeInstitution()]);
    const [ctx, other] = await Promise.all([makeMember(here, "admin"), makeMember(there, "admin")]);
    const asked = await Promise.all(Array.from({ length: 5 }, () => codeOf(createSubscriber(ctx, { externalId: "one" }))));
    expect(asked.filter((code) => code === "null")).toHaveLength(1);
    expect(asked.filter((code) => code === "conflict: externalIdTaken")).toHaveLength(4);
    await createSubscriber(other, { externalId: "one" });
    const { id } = await createSubscriber(ctx, { externalId: "two" });
    const error = await updateSubscriber(ctx, { subscriberId: id, externalId: "one" }).catch((cause: unknown) => cause);
    expect(error).toMatchObject({ code: "conflict", fields: [{ path: "externalId", code: "external_id_taken" }] });
  });

  test("nobody can take the place of a person who is not a member yet", async () => {
    const [here, there] = await Promise.all([makeInstitution(), makeInstitution()]);
    const [ctx, person] = await Promise.all([makeMember(here, "admin"), makeMember(there)]);
    expect(await codeOf(createSubscriber(ctx, { externalId: person.actor.userId }))).toBe("conflict: externalIdTaken");
    const { id } = await createSubscriber(ctx, { externalId: newId() });
    expect(await codeOf(updateSubscriber(ctx, { subscriberId: id, externalId: person.actor.userId }))).toBe("conflict: externalIdTaken");
  });

  test.each([
    [{ externalId: "" }, "externalId", "required"],
    [{}, "externalId", "required"],
    [{ externalId: "x".repeat(256) }, "externalId", "too_long"],
    [{ externalId: "two\nlines" }, "externalId", "control_character"],
    [{ externalId: "a", name: "\u202eevil" }, "name", "bidi_control"],
    [{ externalId: "a", locale: "xx" }, "locale", "invalid"],
    [{ externalId: "a", id: newId() }, "id", "unknown"],
    [{ externalId: "a", userId: newId() }, "userId", "unknown"],
  ])("R60: %j is refused at %s", async (input, path, code) => {
    const ctx = await makeMember(await makeInstitution(), "admin");
    const error = await createSubscriber(ctx, input).catch((cause: unknown) => cause);
    expect(error).toMatchObject({ code: "validation", fields: [expect.objectContaining({ path, code })] });
  });

  test("255 characters fit", async () => {
    const ctx = await makeMember(await makeInstitution(), "admin");
    const externalId = "é".repeat(255);
    expect(await createSubscriber(ctx, { externalId })).toMatchObject({ externalId });
  });

  test("a member's subscriber keeps its name and place; once they are no member it can be erased", async () => {
    const institutionId = await makeInstitution();
    const [ctx, member] = await Promise.all([makeMember(institutionId, "owner"), makeMember(institutionId)]);
    const { subscriberId, userId } = member.actor;
    expect(await getSubscriber(ctx, { subscriberId })).toMatchObject({ hasAccount: true });
    expect(await codeOf(updateSubscriber(ctx, { subscriberId, externalId: "mine" }))).toBe("precondition_failed: subscriberHasAccount");
    expect(await codeOf(deleteSubscriber(ctx, { subscriberId }))).toBe("precondition_failed: subscriberIsMember");
    await admin("DELETE FROM membership WHERE institution_id = $1 AND user_id = $2", [institutionId, userId]);
    await deleteSubscriber(ctx, { subscriberId });
    expect(await codeOf(getSubscriber(ctx, { subscriberId }))).toBe("not_found");
  });

  test("R68: deleting one erases contact points, challenges, links, messages and inbox", async () => {
    const institutionId = await makeInstitution();
    const ctx = await makeMember(institutionId, "admin");
    const subscriberId = await makeSubscriber(institutionId);
    for (const address of ["mai.tran@example.com", "m.tran@example.org"]) {
      await createContactPoint(ctx, { type: "email", label: address, config: { email: address }, subscriberId, verify: true });
    }
    await admin("INSERT INTO inbox_item (institution_id, id, subscriber_id, kind, data) VALUES ($1, $2, $3, 'test', '{}')", [
      institutionId,
      newId(),
      subscriberId,
    ]);
    await deleteSubscriber(ctx, { subscriberId });
    for (const table of ["subscriber", "contact_point", "verification", "message", "inbox_item"]) {
      const where = table === "subscriber" ? "AND user_id IS NULL" : "";
      expect(await admin(`SELECT FROM ${table} WHERE institution_id = $1 ${where}`, [institutionId]), table).toEqual([]);
    }
    expect(await admin("SELECT FROM token_index WHERE institution_id = $1", [institutionId])).toEqual([]);
    const rows = await auditOf(subscriberId);
    expect(rows.at(-1)).toMatchObject({ action: "subscriber.deleted", before: { contactPoints: 2 } });
  });

  test("a plain member, and somebody not signed in, may do none of it", async () => {
    const institutionId = await makeInstitution();
    const [member, subscriberId] = await Promise.all([makeMember(institutionId), makeSubscriber(institutionId)]);
    const verbs = (ctx: Context) => [
      listSubscribers(ctx, {}),
      getSubscriber(ctx, { subscriberId }),
      createSubscriber(ctx, { externalId: "x" }),
      updateSubscriber(ctx, { subscriberId, name: "x" }),
      deleteSubscriber(ctx, { subscriberId }),
      listContactPoints(ctx, { subscriberId }),
    ];
    expect(new Set(await Promise.all(verbs(member).map(codeOf)))).toEqual(new Set(["forbidden"]));
    expect(new Set(await Promise.all(verbs(stranger()).map(codeOf)))).toEqual(new Set(["unauthenticated"]));
  });

  test("R63: another institution's subscriber is as unknown as one that never was", async () => {
    const [here, there] = await Promise.all([makeInstitution(), makeInstitution()]);
    const [ctx, foreign] = await Promise.all([makeMember(here, "owner"), makeSubscriber(there)]);
    for (const subscriberId of [foreign, newId()]) {
      expect(await codeOf(getSubscriber(ctx, { subscriberId }))).toBe("not_found");
      expect(await codeOf(updateSubscriber(ctx, { subscriberId, name: "x" }))).toBe("not_found");
      expect(await codeOf(deleteSubscriber(ctx, { subscriberId }))).toBe("not_found");
      expect((await listContactPoints(ctx, { subscriberId })).items).toEqual([]);
    }
    const other = await makeMember(there, "owner");
    const [first] = (await listSubscribers(other, { limit: 1 })).items;
    const cursor = encodeCursor([first?.createdAt ?? "", first?.id ?? ""]);
    const seen = (await listSubscribers(ctx, { after: cursor })).items.map(({ id }) => id);
    expect(seen).toEqual([ctx.actor.subscriberId]);
  });
});

describe("the list of subscribers", () => {
  test("finds a part of the external id or the name, in any case, and takes wildcards as they are", async () => {
    const ctx = await makeMember(await makeInstitution(), "admin");
    await createSubscriber(ctx, { externalId: "K-100%", name: "Nguyễn Ánh" });
    await createSubscriber(ctx, { externalId: "k_200", name: "Zoë" });
    const found = async (q: string) => (await listSubscribers(ctx, { q, sort: "externalId" })).items.map(({ externalId }) => externalId);
    expect(await found("k-1")).toEqual(["K-100%"]);
    expect(await found("%")).toEqual(["K-100%"]);
    expect(await found("_")).toEqual(["k_200"]);
    expect(await found("ÁNH")).toEqual(["K-100%"]);
    expect(await found("Zoe\u0308")).toEqual(["k_200"]);
    expect(await found("100% ng")).toEqual([]);
    expect(await found("\u0000k_2\ud800")).toEqual(["k_200"]);
  });

  test("a forged cursor moves its own page and breaks nothing", async () => {
    const ctx = await makeMember(await makeInstitution(), "admin");
    for (const sort of ["newest", "externalId"]) {
      for (const key of [
        ["x", "y"],
        [null, null],
        ["9999-99-99", 7],
        ["0000-01-01T00:00:00Z", newId()],
        ["+275760-09-13T00:00:00.000Z", "z"],
        ["\u0000"],
        [1],
      ]) {
        await listSubscribers(ctx, { sort, after: encodeCursor(key) });
        await listSubscribers(ctx, { sort, before: encodeCursor(key) });
      }
      expect((await listSubscribers(ctx, { sort, after: "%%%" })).items).toHaveLength(1);
    }
  });

  test("is read on from the longest external id that there can be", async () => {
    const ctx = await makeMember(await makeInstitution(), "admin");
    const ids = ["𠮟", "𠮷", "𩸽"].map((character) => character.repeat(255));
    for (const externalId of ids) {
      await createSubscriber(ctx, { externalId });
    }
    const { there, back } = await walk((cursor) => listSubscribers(ctx, { sort: "externalId", limit: 1, ...cursor }));
    expect(there.map(({ externalId }) => externalId)).toEqual(expect.arrayContaining(ids));
    expect(back).toEqual(there);
  });

  test("1,000 of them, many of one moment, are all seen once, forwards and backwards, in either order", async () => {
    const institutionId = await makeInstitution();
    const ctx = await makeMember(institutionId, "admin");
    await fill(
      "subscriber",
      `INSERT INTO subscriber (institution_id, id, external_id, created_at)
       SELECT $1, gen_random_uuid(), 'p' || n, timestamptz '2026-01-01' + (n / 40) * interval '1 ms' FROM generate_series(1, 999) n`,
      [institutionId],
    );
    for (const sort of ["newest", "externalId"]) {
      const { there, back } = await walk((cursor) => listSubscribers(ctx, { sort, limit: 37, ...cursor }));
      expect(new Set(there.map(({ id }) => id)).size).toBe(1000);
      expect(there).toHaveLength(1000);
      expect(back).toEqual(there);
    }
  });

  test("a page costs as many queries for 100 lines as for one", async () => {
    const institutionId = await makeInstitution();
    const ctx = await makeMember(institutionId, "admin");
    await Promise.all(Array.from({ length: 100 }, () => makeSubscriber(institutionId)));
    const one = await queriesOf(() => listSubscribers(ctx, { limit: 1 }));
    expect(await queriesOf(() => listSubscribers(ctx, { limit: 100 }))).toBe(one);
    expect(one).toBeLessThanOrEqual(4);
  });

  test("counts contact points and how many are proven", async () => {
    const institutionId = await makeInstitution();
    const ctx = await makeMember(institutionId, "admin");
    const subscriberId = await makeSubscriber(institutionId);
    for (const name of ["a", "b", "c"]) {
      await createContactPoint(ctx, { type: "email", label: name, config: { email: `${name}@example.com` }, subscriberId });
    }
    await admin("UPDATE contact_point SET verified_at = now() WHERE subscriber_id = $1 AND label = 'a'", [subscriberId]);
    await admin("UPDATE contact_point SET deleted_at = now() WHERE subscriber_id = $1 AND label = 'c'", [subscriberId]);
    const line = (await listSubscribers(ctx, {})).items.find(({ id }) => id === subscriberId);
    expect(line).toMatchObject({ contactPoints: 2, verifiedContactPoints: 1 });
  });

  test("among 100,000 each page is read off an index", async () => {
    const institutionId = await makeInstitution();
    const ctx = await makeMember(institutionId, "admin");
    await fill(
      "subscriber",
      `INSERT INTO subscriber (institution_id, id, external_id, name, created_at)
       SELECT $1, gen_random_uuid(), 'customer-' || n, 'Person ' || n, now() - n * interval '1 minute' FROM generate_series(1, 100000) n`,
      [institutionId],
    );
    const middle = [new Date(Date.now() - 50_000 * 60_000).toISOString(), newId()];
    const asked: Array<Parameters<typeof subscriberQuery>[1]> = [
      { sort: "newest" },
      { sort: "newest", after: encodeCursor(middle) },
      { sort: "newest", before: encodeCursor(middle) },
      { sort: "externalId" },
      { sort: "externalId", after: encodeCursor(["customer-5"]) },
      { sort: "externalId", before: encodeCursor(["customer-5"]) },
    ];
    for (const input of asked) {
      const plan = await planOf(institutionId, subscriberQuery(institutionId, input));
      expect(plan, JSON.stringify(input)).not.toMatch(/Seq Scan on subscriber|Sort Key: s_?\d*\.(created_at|external_id)/);
      expect(Object.keys(input).length === 1 || /Index Cond: .*(ROW\(created_at|external_id [<>])/.test(plan), plan).toBe(true);
    }
    const found = await listSubscribers(ctx, { q: "customer-99999" });
    expect(found.items.map(({ externalId }) => externalId)).toEqual(["customer-99999"]);
  });
});
