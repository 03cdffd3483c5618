import { describe, expect, it } from "vitest";
import { Pace } from "@/lib/delivery/pace";

describe("the worker's pace", () => {
  it("R70: begins with one message at a time and doubles every three seconds up to its limit", () => {
    let now = 0;
    const pace = new Pace(10, () => now);
    const seen = [0, 2_999, 3_000, 6_000, 9_000, 12_000, 3_600_000].map((at) => {
      now = at;
      return pace.slots();
    });
    expect(seen).toEqual([1, 1, 2, 4, 8, 10, 10]);
  });

  it("R72: takes a tenth of a second's work at a time, and at least what its slots hold", () => {
    let now = 3_600_000;
    const pace = new Pace(10, () => now - 3_600_000);
    expect(pace.batch()).toBe(1);
    now += 60_000;
    expect(pace.batch()).toBe(10);
    pace.finished(600);
    expect(pace.batch()).toBe(60);
    pace.finished(5_000);
    expect(pace.batch()).toBe(100);
    now += 10_000;
    expect(pace.batch()).toBe(10);
  });
});
