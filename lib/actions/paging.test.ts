import { expect, test } from "vitest";
import { paging } from "@/lib/actions/paging";

const PAGE = { items: [1], previous: "cHJl", next: "bmV4dA" };

test("the pages beside one keep the filters that are set, and no cursor of their own", () => {
  const search = { q: "ann", state: "", after: "b2xk", other: "x" };
  const { cursor, isFiltered, hrefs } = paging("/subscribers", search, { q: "ann", state: "", sort: undefined });
  expect([cursor, isFiltered]).toEqual([{ after: "b2xk" }, true]);
  expect(hrefs(PAGE)).toEqual({ previousHref: "/subscribers?q=ann&before=cHJl", nextHref: "/subscribers?q=ann&after=bmV4dA" });
  expect(hrefs({ items: [1], previous: null, next: null })).toEqual({ previousHref: undefined, nextHref: undefined });
});

test("an address with both cursors goes backwards; what is said twice counts once; what is longer than any cursor is cut", () => {
  expect(paging("/keys", { after: "YQ", before: ["Yg", "Yw"] }).cursor).toEqual({ before: "Yg" });
  expect(paging("/keys", { after: "x".repeat(100_000) }).cursor.after?.length).toBeLessThan(10_000);
  expect(paging("/keys", {})).toMatchObject({ cursor: { after: undefined }, isFiltered: false });
});

test("a list with names of its own is not turned by another one's cursor", () => {
  const { cursor, hrefs } = paging("/members", { after: "YQ" }, {}, { after: "invitedAfter", before: "invitedBefore" });
  expect(cursor).toEqual({ after: undefined });
  expect(hrefs(PAGE).nextHref).toBe("/members?invitedAfter=bmV4dA");
});

test("a later page whose rows are gone leads back to the first one, and an empty list nowhere", () => {
  const nothing = { items: [], previous: null, next: null };
  const led = (search: Record<string, string>) => paging("/keys", search, { q: search["q"] }).hrefs(nothing).previousHref;
  expect([led({ after: "YQ" }), led({ before: "YQ", q: "ann" }), led({ q: "ann" })]).toEqual(["/keys", "/keys?q=ann", undefined]);
});
