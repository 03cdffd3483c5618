import { expect, test } from "vitest";
import { updateProfile } from "@/lib/services/account/update-profile";
import { markAllRead } from "@/lib/services/inbox/mark-all-read";
import { unreadCount } from "@/lib/services/inbox/unread-count";
import { updateInstitution } from "@/lib/services/institution/update-institution";
import { revokeAllSessions } from "@/lib/services/session/revoke-all-sessions";
import { furnish, rowsOf } from "@/tests/support/two-institutions";

test("R64: what acts on many rows at once acts on one's own alone", async () => {
  const [ours, theirs] = [await furnish(), await furnish()];
  const before = await rowsOf(theirs);
  const { owner, member } = ours.people;
  const unread = async () => (await unreadCount(owner)).count;
  const lines = await unread();
  await markAllRead(member, {});
  expect(await unread()).toBe(lines);
  expect(await markAllRead(owner, {})).toEqual({ count: lines });
  await updateProfile(owner, { name: "Renamed", locale: "ja" });
  await updateInstitution(owner, { name: "Renamed", defaultCountry: "VN", defaultLocale: "vi", locales: ["vi"] });
  await revokeAllSessions(owner, { keepCurrent: false });
  expect(await rowsOf(theirs)).toBe(before);
});
