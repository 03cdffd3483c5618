import { expect, test } from "vitest";
import { codeDigits } from "./code-input";

test.each([
  ["123456", "123456"],
  [" 12 34-56 ", "123456"],
  ["１２３４５６", "123456"],
  ["Your code is 004213.", "004213"],
  ["1234567", "123456"],
  ["abc", ""],
])("%j is read as %j", (typed, digits) => {
  expect(codeDigits(typed)).toBe(digits);
});
