import { describe, expect, test } from "vitest";
import { timeZoneOf } from "@/lib/i18n/time-zone";

describe("the zone that a browser says it is in", () => {
  test.each(["Asia/Tokyo", "Europe/Paris", "UTC"])("%s is taken", (zone) => {
    expect(timeZoneOf(zone)).toBe(zone);
  });

  test.each([undefined, "", "Mars/Olympus", "../etc", "x".repeat(65), "Asia/Tokyo; x=1"])("%j is UTC", (said) => {
    expect(timeZoneOf(said)).toBe("UTC");
  });
});
