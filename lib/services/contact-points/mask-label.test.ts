import { expect, test } from "vitest";
import { maskLabel } from "@/lib/services/contact-points/mask-label";

test.each([
  ["email", "aiko@example.com", "aiko@example.com", "a***@example.com"],
  ["email", "aiko@example.com", "Work", "Work"],
  ["sms", "+819012345678", "090 1234 5678", "+81******78"],
  ["sms", "+819012345678", "+81 90-1234-5678", "+81******78"],
  ["sms", "+819012345678", "Phone 2", "Phone 2"],
])("a label that is the address is masked with it: %s %s as %s", (type, address, label, shown) => {
  expect(maskLabel({ type, address, label })).toBe(shown);
});
