import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { maskEmail, parseEmailAddress } from "@/lib/core/email-address";

function parsed(input: string) {
  const result = parseEmailAddress(input);
  if (!result.ok) throw new Error(`refused: ${result.reason}`);
  return result.value;
}

function reasonOf(input: string) {
  const result = parseEmailAddress(input);
  return result.ok ? `accepted ${result.value.canonical}` : result.reason;
}

describe("parseEmailAddress", () => {
  test("R36: a plain address is taken apart once", () => {
    expect(parsed("Ann.Lee@Example.COM")).toEqual({
      local: "Ann.Lee",
      domain: "example.com",
      canonical: "Ann.Lee@example.com",
      display: "Ann.Lee@Example.COM",
      comparisonKey: "ann.lee@example.com",
      needsSmtputf8: false,
    });
  });

  test.each([
    ["foo.@docomo.ne.jp"],
    [".foo@docomo.ne.jp"],
    ["a..b@ezweb.ne.jp"],
    ["-taro-@softbank.ne.jp"],
    ["user+tag@example.com"],
    ["o'brien@example.co.uk"],
    ["a/b=c?d^e`f{g|h}i~j!k#l$m%n&o*p_q@example.com"],
  ])("R36: %s is accepted as it is", (address) => {
    expect(parsed(address).canonical).toBe(address);
  });

  test("R36: spaces around are trimmed, line breaks are refused", () => {
    expect(parsed(" \u3000ann@example.com\u00a0 ").canonical).toBe("ann@example.com");
    expect(reasonOf("ann@example.com\n")).toBe("control_character");
    expect(reasonOf("\r\nann@example.com")).toBe("control_character");
  });

  test("R36: the domain becomes lower-case A-labels by UTS-46 and keeps its written form for display", () => {
    expect(parsed("info@Bücher.example")).toMatchObject({
      domain: "xn--bcher-kva.example",
      canonical: "info@xn--bcher-kva.example",
      display: "info@Bücher.example",
    });
    expect(parsed("a@faß.de").domain).toBe("xn--fa-hia.de");
    expect(parsed("a@例え。テスト").domain).toBe("xn--r8jz45g.xn--zckzah");
    expect(parsed("a@XN--BCHER-KVA.example").domain).toBe("xn--bcher-kva.example");
  });

  test("R36: full-width input from an input method is read as ASCII", () => {
    expect(parsed("ｔａｒｏ＠ｅｘａｍｐｌｅ．ｃｏｍ").canonical).toBe("taro@example.com");
  });

  test("R36: the local part is not folded", () => {
    expect(parsed("J.Doe+news@gmail.com").canonical).toBe("J.Doe+news@gmail.com");
    expect(parsed("ﬁ@example.com").local).toBe("ﬁ");
    expect(parsed("e\u0301@example.com").local).toBe("é");
    expect(parsed("İ@example.com").comparisonKey).toBe("İ@example.com");
  });

  test("R36: a local part that is not ASCII says that it needs SMTPUTF8", () => {
    expect(parsed("用户@example.com").needsSmtputf8).toBe(true);
    expect(parsed("user@例え.jp").needsSmtputf8).toBe(false);
  });

  test.each([
    ["a@b.com@c.com"],
    ["a＠evil.com@good.com"],
    ["a﹫evil.com@good.com"],
    ["a@good.com＠evil.com"],
    ["@relay.com@good.com"],
    ["a＠b＠c.com"],
  ])("R36: more than one @ after NFKC is refused: %s", (address) => {
    expect(reasonOf(address)).toBe("at_repeated");
  });

  test("R36: a sign that only folds to @ does not count as one", () => {
    expect(reasonOf("a﹫example.com")).toBe("at_missing");
  });

  test.each([
    ["", "empty"],
    ["   ", "empty"],
    ["plain", "at_missing"],
    ["@example.com", "local_missing"],
    ["..@example.com", "local_missing"],
    ["a@", "domain_missing"],
    ["a\0b@example.com", "control_character"],
    ["a\x7f@example.com", "control_character"],
    ["a\x85@example.com", "control_character"],
    ["a\u202eb@example.com", "control_character"],
    ["a\u200b@example.com", "control_character"],
    ["a@exam\u00adple.com", "control_character"],
    ["a\ud800@example.com", "control_character"],
    ["a\u2028@example.com", "control_character"],
    ["a b@example.com", "space_inside"],
    ["a@exa\u3000mple.com", "space_inside"],
    ["a,b@example.com", "forbidden_character"],
    ["a，b@example.com", "forbidden_character"],
    ["a;b@example.com", "forbidden_character"],
    ["a\u037eb@example.com", "forbidden_character"],
    ["<a@example.com>", "forbidden_character"],
    ["Ann <a@example.com>", "space_inside"],
    ["a(comment)@example.com", "forbidden_character"],
    ["a:b@example.com", "forbidden_character"],
    ['"quoted"@example.com', "forbidden_character"],
    ["a\\b@example.com", "forbidden_character"],
    ["a\u2474b@example.com", "forbidden_character"],
    ["@one,@two:three@example.com", "at_repeated"],
    ["a@[127.0.0.1]", "ip_address"],
    ["a@[IPv6:::1]", "ip_address"],
    ["a@127.0.0.1", "ip_address"],
    ["a@127.1", "ip_address"],
    ["a@0x7f.1", "ip_address"],
    ["a@2130706433", "ip_address"],
    ["a@１２７.0.0.1", "ip_address"],
    ["a@①.②.③.④", "ip_address"],
    ["a@1.2.3.999", "ip_address"],
    ["a@localhost", "domain_invalid"],
    ["a@example.com.", "domain_invalid"],
    ["a@.example.com", "domain_invalid"],
    ["a@exa..mple.com", "domain_invalid"],
    ["a@-example.com", "domain_invalid"],
    ["a@example-.com", "domain_invalid"],
    ["a@exa_mple.com", "domain_invalid"],
    ["a@example.com/path", "domain_invalid"],
    ["a@example.com?x", "domain_invalid"],
    ["a@example.com#x", "domain_invalid"],
    ["a@ex%61mple.com", "domain_invalid"],
    ["a@xn--a.com", "domain_invalid"],
    ["a@exa℀mple.com", "domain_invalid"],
  ])("R36: %j is refused as %s", (address, reason) => {
    expect(reasonOf(address)).toBe(reason);
  });

  test("R36: lengths are counted in octets", () => {
    const domain = "example.com";
    expect(reasonOf(`${"a".repeat(64)}@${domain}`)).toMatch(/^accepted/);
    expect(reasonOf(`${"a".repeat(65)}@${domain}`)).toBe("local_too_long");
    expect(reasonOf(`${"あ".repeat(21)}@${domain}`)).toMatch(/^accepted/);
    expect(reasonOf(`${"あ".repeat(22)}@${domain}`)).toBe("local_too_long");
    const long = (length: number) => `${"b".repeat(63)}.${"c".repeat(63)}.${"d".repeat(length - 132)}.com`;
    expect(long(190)).toHaveLength(190);
    expect(reasonOf(`${"a".repeat(63)}@${long(190)}`)).toMatch(/^accepted/);
    expect(reasonOf(`${"a".repeat(64)}@${long(190)}`)).toBe("too_long");
    expect(reasonOf(`a@${"b".repeat(64)}.com`)).toBe("domain_too_long");
    expect(reasonOf(`a@${"b.".repeat(140)}com`)).toBe("domain_too_long");
    expect(reasonOf("a".repeat(5000))).toBe("too_long");
  });

  test("R36: whatever is accepted has one @, no control and no routing character, and parses to itself", () => {
    const alphabet = fc.constantFrom(...'ab.@＠﹫, ;<>():"\\[]\r\n\0-_%é用。１'.split(""));
    fc.assert(
      fc.property(fc.string({ unit: fc.oneof(alphabet, fc.string({ unit: "binary", maxLength: 1 })) }), (noise) => {
        for (const input of [noise, `${noise}@example.com`, `a@${noise}.com`]) {
          const result = parseEmailAddress(input);
          if (!result.ok) continue;
          const { canonical, domain } = result.value;
          expect(canonical.normalize("NFKC").split("@")).toHaveLength(2);
          expect(canonical).not.toMatch(/[\s\p{C},;<>():"\\[\]]/u);
          expect(domain).toMatch(/^[a-z0-9.-]+\.[a-z0-9-]+$/);
          expect(parsed(canonical).canonical).toBe(canonical);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe("maskEmail", () => {
  test.each([
    ["jane@example.com", "j***@example.com"],
    ["jo@example.com", "j***@example.com"],
    ["j@example.com", "***@example.com"],
    ["𠮷野@example.com", "𠮷***@example.com"],
    ["👩‍👩‍👧x@example.com", "👩‍👩‍👧***@example.com"],
    ["info@例え.テスト", "i***@例え.テスト"],
    ["no-at-sign", "***"],
    ["", "***"],
  ])("R67: %s is masked as %s", (address, masked) => {
    expect(maskEmail(address)).toBe(masked);
  });
});
