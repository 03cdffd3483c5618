import { describe, expect, test } from "vitest";
import { DOMAIN_REASONS, isPublicName, readDomainName } from "@/lib/channels/email-domain/name";

describe("a domain as it is typed", () => {
  test.each([
    ["Clinic.Example", "clinic.example"],
    ["  clinic.example.  ", "clinic.example"],
    ["@clinic.example", "clinic.example"],
    ["bücher.example", "xn--bcher-kva.example"],
    ["診療所。例え", "xn--8ou585bfso.xn--r8jz45g"],
    ["ｃｌｉｎｉｃ．ｅｘａｍｐｌｅ", "clinic.example"],
    ["faß.example", "xn--fa-hia.example"],
    ["xn--bcher-kva.example", "xn--bcher-kva.example"],
    [`${"a".repeat(63)}.example`, `${"a".repeat(63)}.example`],
    ["internal.example", "internal.example"],
  ])("%j is %s", (input, domain) => {
    expect(readDomainName(input)).toEqual({ ok: true, domain });
  });

  test.each([
    ["", "domain_missing"],
    ["  ", "domain_missing"],
    [".", "domain_missing"],
    ["example", "domain_single_label"],
    ["例え", "domain_single_label"],
    ["https://clinic.example/contact", "domain_is_url"],
    ["clinic.example/", "domain_is_url"],
    ["desk@clinic.example", "domain_is_address"],
    ["192.0.2.1", "domain_ip_address"],
    ["0x7f.1", "domain_ip_address"],
    ["2130706433", "domain_ip_address"],
    ["[::1]", "domain_ip_address"],
    ["*.clinic.example", "domain_invalid"],
    ["_dmarc.clinic.example", "domain_invalid"],
    ["clinic..example", "domain_invalid"],
    ["-clinic.example", "domain_invalid"],
    ["clinic.example:53", "domain_invalid"],
    ["clinic example", "domain_invalid"],
    ["clinic\u0000.example", "domain_invalid"],
    ["xn--zzzzzzzz.example", "domain_invalid"],
    [`${"a".repeat(64)}.example`, "domain_too_long"],
    [`${"abcdefghi.".repeat(22)}example`, "domain_too_long"],
    ["mail.corp.internal", "domain_reserved"],
    ["printer.local", "domain_reserved"],
    ["a.localhost", "domain_reserved"],
    ["1.0.0.127.in-addr.arpa", "domain_reserved"],
    ["hidden.onion", "domain_reserved"],
  ])("%j is refused: %s", (input, reason) => {
    expect(readDomainName(input)).toEqual({ ok: false, reason });
    expect(DOMAIN_REASONS).toContain(reason);
  });

  test("R46: a name in somebody's record is looked up only if it could be public", () => {
    const names = [
      "_spf.clinic.example",
      "a.b",
      "dc.corp.internal",
      "localhost",
      "db",
      "a..b",
      "x y.example",
      `${"a.".repeat(130)}example`,
    ];
    expect(names.map(isPublicName)).toEqual([true, true, false, false, false, false, false, false]);
  });
});
