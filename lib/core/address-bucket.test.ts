import { describe, expect, it } from "vitest";
import { addressBucket } from "./address-bucket";

describe("R25: limits per address", () => {
  it.each([
    ["203.0.113.7", "203.0.113.7"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:0DB8:0001:0002::ffff", "2001:db8:1:2::/64"],
    ["2001:db8::1", "2001:db8:0:0::/64"],
    ["2001:db8:1::", "2001:db8:1:0::/64"],
    ["::1", "0:0:0:0::/64"],
    ["::", "0:0:0:0::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
    ["64:ff9b::192.0.2.33", "64:ff9b:0:0::/64"],
    ["unknown", "unknown"],
  ])("R25: %s counts as %s", (address, bucket) => {
    expect(addressBucket(address)).toBe(bucket);
  });

  it("R25: every address of one /64 is one bucket, the next /64 another", () => {
    const inside = Array.from({ length: 50 }, (_, at) => addressBucket(`2001:db8:a:b:${at.toString(16)}::${at}`));
    expect(new Set(inside).size).toBe(1);
    expect(addressBucket("2001:db8:a:c::1")).not.toBe(inside[0]);
  });
});
