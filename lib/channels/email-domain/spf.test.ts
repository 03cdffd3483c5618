import { describe, expect, test } from "vitest";
import { judgeSpf } from "@/lib/channels/email-domain/spf";
import type { Answer } from "@/lib/delivery/dns/lookup";

/** Names and what stands there; "unclear" for servers that do not answer. */
type Names = Record<string, string[] | "unclear">;

function asking(names: Names) {
  const asked: string[] = [];
  const ask = async (name: string): Promise<Answer<string>> => {
    asked.push(name);
    const values = names[name];
    if (values === "unclear") return { kind: "unclear", reason: "timeout" };
    return values ? { kind: "found", values } : { kind: "none", nameExists: false };
  };
  return { asked, ask };
}

const judge = (values: string[], names: Names = {}, wanted: string[] = []) => judgeSpf(values, wanted, asking(names).ask);
const many = (count: number) => Array.from({ length: count }, (_, index) => `a:h${index}.example`).join(" ");

describe("an SPF record", () => {
  test.each([
    [[], "missing", "spf_missing"],
    [["v=spf10 -all", "google-site-verification=x"], "missing", "spf_missing"],
    [["v=spf1 mx -all"], "ok", undefined],
    [["V=SPF1 A MX ip4:192.0.2.0/24 ip6:2001:db8::/32 ~ALL"], "ok", undefined],
    [["v=spf1 mx/24 a:x.example/24//64 exists:%{i}.example exp=why.example -all"], "ok", undefined],
    [["v=spf1 mx -all", "v=spf1 a -all"], "wrong", "spf_several"],
    [["v=spf1 mx ip4:example -all"], "wrong", "spf_syntax"],
    [["v=spf1 mx; -all"], "wrong", "spf_syntax"],
    [["v=spf1 includes:x.example -all"], "wrong", "spf_syntax"],
    [["v=spf1 include: -all"], "wrong", "spf_syntax"],
    [["v=spf1 all:x"], "wrong", "spf_syntax"],
    [["v=spf1 +all"], "wrong", "spf_allows_all"],
    [["v=spf1 all"], "wrong", "spf_allows_all"],
    [["v=spf1 mx ?all"], "warning", "spf_open_end"],
    [["v=spf1 mx"], "warning", "spf_open_end"],
    [[`v=spf1 ${many(10)} -all`], "ok", undefined],
    [[`v=spf1 ${many(11)} -all`], "wrong", "spf_too_many_lookups"],
  ])("%j is %s", async (values, status, advice) => {
    expect(await judge(values)).toMatchObject(advice ? { status, advice } : { status });
  });

  test("is counted with everything that it leads to", async () => {
    const names: Names = { "a.example": [`v=spf1 ${many(4)} -all`], "b.example": ["v=spf1 include:a.example mx -all"] };
    // include b (1) + include a (1) + mx (1) + 4
    expect(await judge(["v=spf1 include:b.example a mx ptr -all"], names)).toMatchObject({ status: "ok" });
    expect(await judge(["v=spf1 include:b.example a mx ptr exists:x.example -all"], names)).toMatchObject({
      advice: "spf_too_many_lookups",
      params: { count: 11, max: 10 },
    });
  });

  test("is followed to what it redirects to, unless it ends before that", async () => {
    const names: Names = { "r.example": ["v=spf1 mx -all"] };
    expect(await judge(["v=spf1 redirect=r.example"], names)).toMatchObject({ status: "ok" });
    expect(await judge(["v=spf1 redirect=gone.example"], names)).toMatchObject({
      advice: "spf_include_broken",
      params: { name: "gone.example" },
    });
    expect(await judge(["v=spf1 -all redirect=gone.example"], names)).toMatchObject({ status: "ok" });
  });

  test("that refers to something unreadable is told what", async () => {
    const names: Names = { "two.example": ["v=spf1 -all", "v=spf1 -all"], "odd.example": ["v=spf1 hello -all"], "out.example": "unclear" };
    for (const name of ["gone.example", "two.example", "odd.example"]) {
      expect(await judge([`v=spf1 include:${name} -all`], names)).toMatchObject({ advice: "spf_include_broken", params: { name } });
    }
    expect(await judge(["v=spf1 include:out.example -all"], names)).toMatchObject({ status: "unclear", advice: "dns_failed" });
  });

  test("lacks what a sender's provider asks for, wherever it might stand", async () => {
    const names: Names = { "_spf.clinic.example": ["v=spf1 include:_spf.google.com -all"], "_spf.google.com": ["v=spf1 -all"] };
    const wanted = ["_spf.google.com"];
    expect(await judge(["v=spf1 include:_spf.clinic.example -all"], names, wanted)).toMatchObject({ status: "ok" });
    expect(await judge(["v=spf1 mx -all"], names, wanted)).toMatchObject({ status: "warning", advice: "spf_sender_missing" });
  });

  test("R46: that leads in circles, far, or inside the network costs a bounded number of questions", async () => {
    const circle = asking({ "a.example": ["v=spf1 include:b.example -all"], "b.example": ["v=spf1 include:a.example -all"] });
    await judgeSpf(["v=spf1 include:a.example -all"], [], circle.ask);
    expect(circle.asked).toEqual(["a.example", "b.example"]);
    const tree: Names = {};
    for (let n = 0; n < 400; n += 1) tree[`n${n}.example`] = [`v=spf1 include:n${2 * n + 1}.example include:n${2 * n + 2}.example -all`];
    const wide = asking(tree);
    expect(await judgeSpf(["v=spf1 include:n0.example -all"], [], wide.ask)).toMatchObject({ advice: "spf_too_many_lookups" });
    expect(wide.asked.length).toBeLessThanOrEqual(30);
    const inside = asking({ "db.corp.internal": ["v=spf1 -all"] });
    expect(await judgeSpf(["v=spf1 include:db.corp.internal include:localhost -all"], [], inside.ask)).toMatchObject({
      advice: "spf_include_broken",
    });
    expect(inside.asked).toEqual([]);
  });
});
