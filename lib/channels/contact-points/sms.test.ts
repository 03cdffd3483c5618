import { expect, test } from "vitest";
import { sms } from "@/lib/channels/contact-points/sms";

test.each([
  ["+447400123456", "a mobile"],
  ["+12025550123", "a line that may be a mobile"],
])("R30: %s is accepted: %s", (phone_number) => {
  expect(sms.config.safeParse({ phone_number }).success).toBe(true);
});

test.each([
  ["+19002345678", "premium rate"],
  ["+41840123456", "shared cost"],
  ["+448081570000", "toll free"],
  ["+445512345678", "a company's number"],
  ["+447640123456", "a pager"],
  ["+491779912345678", "a mailbox"],
  ["+447012345678", "a personal number"],
  ["+442071234567", "a fixed line"],
  ["+445612345678", "a line over the internet"],
])("R30: %s is refused: %s", (phone_number) => {
  const result = sms.config.safeParse({ phone_number });
  expect(result.error?.issues).toMatchObject([{ params: { reason: "phone_line_type" } }]);
});
