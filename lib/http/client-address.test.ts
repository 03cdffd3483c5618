import { describe, expect, it } from "vitest";
import { clientAddress, untrustedHop } from "./client-address";

describe("R25: the client's address", () => {
  it.each([
    ["no proxy", "203.0.113.7", undefined, 0, "203.0.113.7"],
    ["no proxy, forged header", "203.0.113.7", "198.51.100.1", 0, "203.0.113.7"],
    ["one proxy", "10.0.0.1", "203.0.113.7", 1, "203.0.113.7"],
    ["one proxy, forged entry on the left", "10.0.0.1", "198.51.100.1, 203.0.113.7", 1, "203.0.113.7"],
    ["two proxies", "10.0.0.1", "198.51.100.1, 203.0.113.7, 10.0.0.2", 2, "203.0.113.7"],
    ["two proxies, but only one was passed", "10.0.0.1", "203.0.113.7", 2, "203.0.113.7"],
    ["one proxy that said nothing", "10.0.0.1", undefined, 1, "10.0.0.1"],
    ["one proxy that said nonsense", "10.0.0.1", "unknown", 1, "10.0.0.1"],
    ["two proxies, nonsense behind the nearer one", "10.0.0.1", "x, 10.0.0.2", 2, "10.0.0.2"],
    ["IPv4 in IPv6", "::ffff:203.0.113.7", undefined, 0, "203.0.113.7"],
    ["an address with a port", "10.0.0.1", "203.0.113.7:5151", 1, "203.0.113.7"],
    ["IPv6 with brackets and a port", "10.0.0.1", "[2001:DB8::1]:5151", 1, "2001:db8::1"],
    ["a zone", "fe80::1%eth0", undefined, 0, "fe80::1"],
    ["no socket address", undefined, undefined, 0, "unknown"],
    ["a line break", "10.0.0.1", "203.0.113.7\r\nx: y", 1, "10.0.0.1"],
  ])("R25: %s", (_case, socket, forwarded, proxies, expected) => {
    expect(untrustedHop(socket, forwarded, proxies)).toBe(expected);
  });

  it("R25: later code reads what the edge wrote", () => {
    expect(clientAddress(new Headers({ "x-forwarded-for": "203.0.113.7" }))).toBe("203.0.113.7");
    expect(clientAddress(new Headers())).toBe("unknown");
  });
});
