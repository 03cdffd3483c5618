import { expect, test } from "vitest";
import { amountSchema, decimalOf } from "@/lib/services/sms-spending/money";

test.each([
  ["25", 25_000_000n, "25"],
  [" 0.0075 ", 7500n, "0.0075"],
  ["1,5", 1_500_000n, "1.5"],
  ["０．０７", 70_000n, "0.07"],
  ["0", 0n, "0"],
])("an amount typed as %j is kept in millionths and shown again", (typed, micros, shown) => {
  expect(amountSchema.parse(typed)).toBe(micros);
  expect(decimalOf(micros)).toBe(shown);
});

test.each(["", "-1", "1.2345678", "1e3", "1 000", "free"])("%j is no amount", (typed) => {
  expect(amountSchema.safeParse(typed).success).toBe(false);
});
