import { describe, expect, test } from "vitest";
import { judgeDkim, newDkimKey } from "@/lib/channels/email-domain/dkim";
import { dmarcValue, judgeDmarc } from "@/lib/channels/email-domain/dmarc";
import { judgeOwnership, ownershipValue } from "@/lib/channels/email-domain/ownership";
import { recordsOf } from "@/lib/channels/email-domain/records";
import { spfValue, wantedIncludes } from "@/lib/channels/email-domain/spf-record";

describe("ownership", () => {
  const token = "0123456789abcdef0123456789abcdef";
  const other = "reachable-domain-verification=ffffffffffffffffffffffffffffffff";

  test.each([
    [[], "missing", "ownership_missing"],
    [[other], "wrong", "ownership_other"],
    [["v=spf1 -all"], "wrong", "ownership_other"],
    [[ownershipValue(token).toUpperCase()], "wrong", "ownership_other"],
    [[ownershipValue(token).slice(0, -1)], "wrong", "ownership_other"],
    [[`${ownershipValue(token)}0`], "wrong", "ownership_other"],
    [[other, ownershipValue(token)], "ok", undefined],
    [[`"${ownershipValue(token)}" `], "ok", undefined],
  ])("%j is %s", (values, status, advice) => {
    expect(judgeOwnership(values, token)).toMatchObject(advice ? { status, advice } : { status });
  });

  test("shows foreign text as one bounded printable line", () => {
    const { found } = judgeOwnership(["a\u0000b\n\u202ec\ud800", "x".repeat(5_000), ...Array.from({ length: 20 }, () => "y")], token);
    expect(found).toHaveLength(5);
    expect(found[0]).toBe("a\uFFFDb\uFFFD\uFFFDc\uFFFD");
    expect(found[1]).toHaveLength(2_048);
  });
});

describe("DKIM", async () => {
  const { publicKey } = await newDkimKey();
  const { publicKey: other } = await newDkimKey();
  const half = `${publicKey.slice(0, 100)} ${publicKey.slice(100)}`;

  test.each([
    ["nothing", [], "missing", "dkim_missing"],
    ["the key", [`v=DKIM1; k=rsa; p=${publicKey}`], "ok", undefined],
    ["the key alone", [`p=${publicKey}`], "ok", undefined],
    ["the key with spaces", [`v=DKIM1;k=rsa;p=${half};`], "ok", undefined],
    ["the key under test", [`v=DKIM1; t=y:s; p=${publicKey}`], "warning", "dkim_testing"],
    ["a strict key", [`v=DKIM1; t=s; p=${publicKey}`], "ok", undefined],
    ["another key", [`v=DKIM1; k=rsa; p=${other}`], "wrong", "dkim_key_mismatch"],
    ["the key's beginning", [`v=DKIM1; k=rsa; p=${publicKey.slice(0, 240)}`], "wrong", "dkim_key_cut"],
    ["no key", ["v=DKIM1; k=rsa; p="], "wrong", "dkim_revoked"],
    ["an Ed25519 key", [`v=DKIM1; k=ed25519; p=${publicKey}`], "wrong", "dkim_key_type"],
    ["another version", [`v=DKIM2; p=${publicKey}`], "wrong", "dkim_syntax"],
    ["no list", ["hello"], "wrong", "dkim_syntax"],
    ["a tag twice", [`p=${publicKey}; p=${publicKey}`], "wrong", "dkim_syntax"],
    ["two records", [`p=${publicKey}`, `p=${publicKey}`], "wrong", "dkim_several"],
  ])("%s", (_, values, status, advice) => {
    expect(judgeDkim(values, publicKey)).toMatchObject(advice ? { status, advice } : { status });
  });
});

describe("DMARC", () => {
  test.each([
    [[], "missing", "dmarc_missing"],
    [["some wildcard's text"], "missing", "dmarc_missing"],
    [["v=DMARC1; p=quarantine; rua=mailto:d@clinic.example"], "ok", undefined],
    [["v=DMARC1;p=reject"], "ok", undefined],
    [["v=DMARC1; p=none; rua=mailto:d@clinic.example"], "warning", "dmarc_none"],
    [["v=DMARC1; p=reject; pct=20"], "warning", "dmarc_partial"],
    [["v=DMARC1; p=rejekt"], "wrong", "dmarc_syntax"],
    [["v=DMARC1"], "wrong", "dmarc_syntax"],
    [["v=dmarc1; p=reject"], "wrong", "dmarc_syntax"],
    [["p=reject; v=DMARC1"], "wrong", "dmarc_syntax"],
    [["v=DMARC1; p=reject", "v=DMARC1; p=none"], "wrong", "dmarc_several"],
  ])("%j is %s", (values, status, advice) => {
    expect(judgeDmarc(values)).toMatchObject(advice ? { status, advice } : { status });
  });

  test("of a domain above counts with what it says for those below", () => {
    expect(judgeDmarc(["v=DMARC1; p=reject"], "clinic.example")).toMatchObject({
      status: "ok",
      advice: "dmarc_inherited",
      params: { domain: "clinic.example" },
    });
    expect(judgeDmarc(["v=DMARC1; p=reject; sp=none"], "clinic.example")).toMatchObject({ status: "warning", advice: "dmarc_none" });
  });

  test.each([
    [[], "v=DMARC1; p=quarantine"],
    [["v=DMARC1; p=none; rua=mailto:d@clinic.example"], "v=DMARC1; p=quarantine; rua=mailto:d@clinic.example"],
    [["v=DMARC1;p=none;sp=none"], "v=DMARC1;p=quarantine;sp=none"],
    [["v=DMARC1; p=reject"], "v=DMARC1; p=reject"],
    [["v=DMARC1; p=none", "v=DMARC1; p=reject; fo=1"], "v=DMARC1; p=reject; fo=1"],
    [["nonsense"], "v=DMARC1; p=quarantine"],
  ])("%j becomes %s", (found, value) => {
    expect(dmarcValue(found)).toBe(value);
  });
});

describe("the SPF record to publish", () => {
  test.each([
    [[], [], "v=spf1 mx ~all"],
    [[], ["mail.clinic.example"], "v=spf1 a:mail.clinic.example ~all"],
    [[], ["smtp.office365.com", "smtp.gmail.com"], "v=spf1 include:spf.protection.outlook.com include:_spf.google.com ~all"],
    [[], ["email-smtp.eu-west-1.amazonaws.com"], "v=spf1 mx ~all"],
    [["v=spf1 ip4:192.0.2.1 -all"], ["smtp.gmail.com"], "v=spf1 ip4:192.0.2.1 include:_spf.google.com -all"],
    [["v=spf1 include:_SPF.google.com ~all"], ["smtp.gmail.com"], "v=spf1 include:_SPF.google.com ~all"],
    [["v=spf1 mx +all"], [], "v=spf1 mx ~all"],
    [["v=spf1 mx"], [], "v=spf1 mx ~all"],
    [["v=spf1 a ~all", "v=spf1 mx a -all"], [], "v=spf1 a mx -all"],
    [["v=spf1 redirect=_spf.clinic.example"], [], "v=spf1 redirect=_spf.clinic.example"],
    [["v=spf1 include:_spf.clinic.example mistake a; -all"], [], "v=spf1 include:_spf.clinic.example -all"],
    [["some other text"], [], "v=spf1 mx ~all"],
  ])("%j for %j is %s", (found, hosts, value) => {
    expect(spfValue(found, hosts)).toBe(value);
  });

  test("leaves out what leads nowhere", () => {
    expect(spfValue(["v=spf1 include:Gone.example include:here.example ~all"], [], "gone.example")).toBe(
      "v=spf1 include:here.example ~all",
    );
  });

  test("is left as it stands where it is right", () => {
    const checks = [{ kind: "spf" as const, status: "ok" as const, found: ["v=spf1 -all  exp=why.example"], badSince: null }];
    const wanted = { domain: "clinic.example", token: "t", dkimSelector: "s", dkimPublicKey: "k", hosts: [] };
    expect(recordsOf(wanted, checks)[1]).toMatchObject({ kind: "spf", value: "v=spf1 -all  exp=why.example" });
  });

  test("a name that only looks like a provider's is an own server", () => {
    expect(wantedIncludes(["smtp.gmail.com.evil.example", "notzoho.com", "SMTP.ZOHO.COM"])).toEqual(["zohomail.com"]);
  });
});
