import { describe, expect, it } from "vitest";
import { backoffSec } from "@/lib/delivery/backoff";

const drawn = (type: string, attempt: number) => Array.from({ length: 500 }, () => backoffSec(type, attempt));

describe("backoff", () => {
  it.each([
    [1, 15],
    [2, 60],
    [3, 360],
    [4, 1200],
    [5, 3600],
  ])("R71: after attempt %i it waits %i s, give or take a fifth, and never the same for all", (attempt, seconds) => {
    const delays = drawn("email", attempt);
    expect(Math.min(...delays.map(Number))).toBeGreaterThanOrEqual(seconds * 0.8);
    expect(Math.max(...delays.map(Number))).toBeLessThanOrEqual(seconds * 1.2);
    expect(new Set(delays).size).toBeGreaterThan(10);
  });

  it("R71: a sixth attempt by mail is the last", () => {
    expect(backoffSec("email", 6)).toBeNull();
  });

  it("R71: a text is tried again twice", () => {
    expect(drawn("sms", 1).every((delay) => delay !== null)).toBe(true);
    expect(drawn("sms", 2).every((delay) => delay !== null)).toBe(true);
    expect(backoffSec("sms", 3)).toBeNull();
  });
});
