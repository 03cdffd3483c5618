import { beforeAll, describe, expect, test } from "vitest";
import { newId } from "@/lib/core/ids";
import { toBizId } from "@/lib/dialects/slaunchx/ids";
import { type Channel, ChannelsAnswer } from "@/lib/dialects/slaunchx/schemas";
import { env } from "@/lib/env";
import { makeInstitution, makeMember } from "@/tests/support/institution";
import { asAdmin } from "@/tests/support/outbox";
import { fill } from "@/tests/support/queries";
import { addSmtp, markProven } from "@/tests/support/senders";
import { type SlaunchxClient, slaunchxClient } from "@/tests/support/slaunchx";

interface ChannelPage {
  content: Channel[];
  totalElements: number;
  totalPages: number;
  number: number;
  size: number;
}

let institutionId: string;
let admin: Awaited<ReturnType<typeof makeMember>>;
let client: SlaunchxClient;
let ids: string[];

beforeAll(async () => {
  env().limits.requestsPerCredential = { perMinute: 100_000, burst: 10_000 };
  institutionId = await makeInstitution();
  admin = await makeMember(institutionId, "admin");
  client = await slaunchxClient(admin);
  ids = [];
  for (const name of ["Alpha", "beta", "Gamma", "delta", "Epsilon"]) {
    ids.push((await addSmtp(admin, { name })).id);
  }
  await markProven(ids[1] ?? "");
  await asAdmin("UPDATE sender SET state = 'inactive', updated_at = now() + interval '1 hour' WHERE id = $1", [ids[2]]);
});

const query = (body: object = {}, search = "") => client.done<ChannelPage>("channels/query", body, { query: search });
const names = async (body: object = {}, search = "") => (await query(body, search)).content.map(({ channelName }) => channelName);

describe("pages", () => {
  test("the newest first, 20 in a page, in the shape of the contract", async () => {
    const response = await client.send("channels/query");
    const { data } = ChannelsAnswer.parse(await response.json());
    expect(Object.keys(data)).toEqual(["content", "totalElements", "totalPages", "number", "size"]);
    expect({ ...data, content: data.content.map(({ channelName }) => channelName) }).toEqual({
      content: ["Epsilon", "delta", "Gamma", "beta", "Alpha"],
      totalElements: 5,
      totalPages: 1,
      number: 0,
      size: 20,
    });
  });

  test("every channel is on exactly one page, and behind the last there is none", async () => {
    const pages = await Promise.all([0, 1, 2, 3].map((page) => query({}, `?page=${page}&size=2&sort=channelName,asc`)));
    expect(pages.map(({ content }) => content.map(({ channelName }) => channelName))).toEqual([
      ["Alpha", "beta"],
      ["delta", "Epsilon"],
      ["Gamma"],
      [],
    ]);
    expect(pages.every(({ totalElements, totalPages, size }) => totalElements === 5 && totalPages === 3 && size === 2)).toBe(true);
    expect(pages.map(({ number }) => number)).toEqual([0, 1, 2, 3]);
  });

  test.each([
    ["createdAt,asc", ["Alpha", "beta", "Gamma", "delta", "Epsilon"]],
    ["createdAt", ["Alpha", "beta", "Gamma", "delta", "Epsilon"]],
    ["createdAt,desc", ["Epsilon", "delta", "Gamma", "beta", "Alpha"]],
    ["channelName,desc", ["Gamma", "Epsilon", "delta", "beta", "Alpha"]],
    ["updatedAt,DESC", ["Gamma", "Epsilon", "delta", "beta", "Alpha"]],
    ["channelStatus,asc&sort=channelName,asc", ["beta", "Gamma", "Alpha", "delta", "Epsilon"]],
  ])("sort=%s", async (sort, expected) => {
    expect(await names({}, `?sort=${sort}`)).toEqual(expected);
  });

  test("a page holds at most 100, and says so", async () => {
    for (const size of [101, 1_000_000, 10_000_000_000]) {
      expect((await query({}, `?size=${size}`)).size).toBe(100);
    }
  });

  test.each([
    ["page=-1", "page"],
    ["page=x", "page"],
    ["page=1.5", "page"],
    ["page=1&page=2", "page"],
    ["page=99999999999999999999", "page"],
    ["page=50001&size=2", "page"],
    ["size=0", "size"],
    ["size=many", "size"],
    ["sort=password,asc", "sort"],
    ["sort=createdAt,sideways", "sort"],
    ["sort=createdAt;drop table sender", "sort"],
  ])("?%s is 4000", async (search, field) => {
    expect(await client.failed("channels/query", {}, { query: `?${search}` })).toMatchObject({
      status: 400,
      code: "4000",
      errors: [field],
    });
  });
});

describe("filters", () => {
  test.each([
    [{}, ["Alpha", "beta", "delta", "Epsilon", "Gamma"]],
    [{ channelName: "ETA" }, ["beta"]],
    [{ channelName: "%" }, []],
    [{ channelName: "" }, ["Alpha", "beta", "delta", "Epsilon", "Gamma"]],
    [{ channelName: null, channelCategory: null, channelStatus: null, activeOnly: null }, ["Alpha", "beta", "delta", "Epsilon", "Gamma"]],
    [{ channelCategory: "EMAIL" }, ["Alpha", "beta", "delta", "Epsilon", "Gamma"]],
    [{ channelStatus: "PENDING" }, ["Alpha", "delta", "Epsilon"]],
    [{ channelStatus: "ACTIVE" }, ["beta"]],
    [{ channelStatus: "INACTIVE" }, ["Gamma"]],
    [{ channelStatus: "ERROR" }, []],
    [{ activeOnly: true }, ["beta"]],
    [{ activeOnly: false }, ["Alpha", "beta", "delta", "Epsilon", "Gamma"]],
    [{ activeOnly: true, channelStatus: "ACTIVE" }, ["beta"]],
    [{ activeOnly: true, channelStatus: "PENDING" }, []],
    [{ channelStatus: "PENDING", channelName: "a" }, ["Alpha", "delta"]],
    [{ unknown: "x", password: "y" }, ["Alpha", "beta", "delta", "Epsilon", "Gamma"]],
  ])("%j", async (body, expected) => {
    expect(await names(body, "?sort=channelName,asc")).toEqual(expected);
  });

  test("by its id, one; by one that is not here, none", async () => {
    expect(await names({ bizId: toBizId("channel", ids[3] ?? "") })).toEqual(["delta"]);
    expect(await names({ bizId: toBizId("channel", newId()) })).toEqual([]);
    expect(await names({ bizId: "ch_abc123" })).toEqual([]);
    expect(await names({ bizId: "ch_abc123", channelStatus: "ACTIVE" })).toEqual([]);
  });

  test("by one's own institution all, by another 4040 whether or not it is there", async () => {
    expect(await names({ institutionBizId: client.institutionBizId })).toHaveLength(5);
    const refused = await Promise.all(
      [await makeInstitution(), newId()].map((id) => client.failed("channels/query", { institutionBizId: toBizId("institution", id) })),
    );
    expect(refused[0]).toEqual(refused[1]);
    expect(refused[0]).toMatchObject({ status: 404, code: "4040" });
  });

  test.each([
    [{ channelCategory: "SMS" }, "channelCategory"],
    [{ channelStatus: "active" }, "channelStatus"],
    [{ activeOnly: "yes" }, "activeOnly"],
    [{ channelName: "x".repeat(256) }, "channelName"],
  ])("%j is 4000", async (body, field) => {
    expect(await client.failed("channels/query", body)).toMatchObject({ status: 400, errors: [field] });
  });
});

test("R61: nobody else's channels are listed or counted", async () => {
  const other = await slaunchxClient(await makeMember(await makeInstitution(), "owner"));
  expect(await other.done<ChannelPage>("channels/query")).toMatchObject({ content: [], totalElements: 0, totalPages: 0 });
  const all = { bizId: toBizId("channel", ids[0] ?? "") };
  expect(await other.done<ChannelPage>("channels/query", all)).toMatchObject({ content: [], totalElements: 0 });
});

test("100,000 channels: counted, and the last page of those that can be asked for is the right one", async () => {
  const big = await makeInstitution();
  const person = await makeMember(big, "admin");
  const many = await slaunchxClient(person);
  const { integration } = await addSmtp(person, { name: "first" });
  await fill(
    "sender",
    `INSERT INTO sender (institution_id, id, integration_id, type, name, from_address, created_at)
     SELECT $1, gen_random_uuid(), $2, 'email', 'Channel ' || n, 'desk@example.com', now() - n * interval '1 second'
       FROM generate_series(1, 99999) n`,
    [big, integration.id],
  );
  const at = async (search: string) => {
    const { content, totalElements, totalPages } = await many.done<ChannelPage>("channels/query", {}, { query: search });
    return [content.length, content[0]?.channelName, totalElements, totalPages];
  };
  expect(await at("?size=500")).toEqual([100, "first", 100_000, 1000]);
  expect(await at("?page=999&size=100")).toEqual([100, "Channel 99900", 100_000, 1000]);
  expect(await at("?page=1&size=50&sort=createdAt,asc")).toEqual([50, "Channel 99949", 100_000, 2000]);
  expect(await many.failed("channels/query", {}, { query: "?page=1001&size=100" })).toMatchObject({ errors: ["page"] });
}, 60_000);
