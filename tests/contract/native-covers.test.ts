import { expect, test } from "vitest";
import { VERB_CASES } from "@/tests/contract/verb-cases";
import { takenFromServices } from "@/tests/support/site";

/** What the console does and `/api/v1` does not, each because it is one person's in one browser, or no part of an institution. */
const CONSOLE_ONLY = [
  // a person's own account, their sessions, and which institution a browser shows
  "lib/services/account/change-password.ts#changePassword",
  "lib/services/account/delete-account.ts#deleteAccount",
  "lib/services/account/get-account.ts#getAccount",
  "lib/services/account/update-profile.ts#updateProfile",
  "lib/services/institution/list-my-institutions.ts#listMyInstitutions",
  "lib/services/session/list-sessions.ts#listSessions",
  "lib/services/session/revoke-all-sessions.ts#revokeAllSessions",
  "lib/services/session/revoke-session.ts#revokeSession",
  "lib/services/session/sign-out.ts#signOut",
  "lib/services/session/switch-institution.ts#switchInstitution",
  // what a form starts from, or a filter offers to choose from
  "lib/services/contact-points/get.ts#getContactPointForm",
  "lib/services/audit/people.ts#listAuditPeople",
  "lib/services/keys/get-form.ts#getKeyForm",
  // a channel as one of the dialects tells it
  "lib/services/senders/get-bound.ts#getBoundSender",
  // messages that leave for nowhere, on a machine without a mail server
  "lib/services/catcher/get.ts#getCaughtMail",
  "lib/services/catcher/list.ts#listCaught",
];

test("the native API does what the console does, but for what is a person's own", () => {
  const isVerb = (taken: string) => taken in VERB_CASES && !("helper" in (VERB_CASES[taken] ?? {}));
  const native = new Set(takenFromServices("app/api/v1"));
  const console = takenFromServices("app/(console)").filter(isVerb);
  expect(console.length).toBeGreaterThan(80);
  expect(console.filter((verb) => !native.has(verb))).toEqual([...CONSOLE_ONLY].sort());
});
