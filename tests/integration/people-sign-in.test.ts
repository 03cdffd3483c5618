import { beforeAll, describe, expect, test } from "vitest";
import { nextAuthOptions } from "@/lib/auth/next-auth";
import { issueSessionToken } from "@/lib/auth/session-token";
import { AppError } from "@/lib/core/errors";
import { changePassword } from "@/lib/services/account/change-password";
import { requestPasswordReset } from "@/lib/services/account/request-password-reset";
import { listSessions } from "@/lib/services/session/list-sessions";
import { revokeAllSessions } from "@/lib/services/session/revoke-all-sessions";
import { revokeSession } from "@/lib/services/session/revoke-session";
import { signIn } from "@/lib/services/session/sign-in";
import { signOut } from "@/lib/services/session/sign-out";
import {
  admin,
  asSession,
  everyRow,
  type MemberContext,
  newInstitution,
  newMember,
  PASSWORD,
  queuedMails,
  sessionOf,
  someEmail,
  visitor,
} from "@/tests/support/people";

let owner: MemberContext;
beforeAll(async () => {
  owner = await newInstitution();
});

const WRONG = "seven yellow boats at dusk";
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => "done",
    (error: unknown) => (error instanceof AppError ? `${error.code}/${error.reason ?? ""}` : String(error)),
  );
const count = (list: string[], what: string) => list.filter((item) => item === what).length;

describe("throttle", () => {
  test("R33: of 40 wrong passwords at once for one account 5 are looked at, from wherever they come", async () => {
    const member = await newMember(owner);
    const tries = Array.from({ length: 40 }, () => refusal(signIn(visitor(), { email: member.actor.email, password: WRONG })));
    const results = await Promise.all(tries);
    expect(count(results, "unauthenticated/signIn")).toBe(5);
    expect(count(results, "rate_limited/signInLimit")).toBe(35);
    expect(await refusal(signIn(visitor(), { email: member.actor.email, password: PASSWORD }))).toBe("rate_limited/signInLimit");
    const failed = await admin("SELECT FROM audit_event WHERE action = 'authn_login_fail' AND object_id = $1", [member.actor.userId]);
    expect(failed).toHaveLength(5);
  });

  test("R33: of 40 wrong passwords at once from one network 20 are looked at", async () => {
    const tries = Array.from({ length: 40 }, (_, n) => {
      const ip = `2001:db8:1:2:${n.toString(16)}::1`;
      return refusal(signIn(visitor(ip), { email: someEmail(), password: WRONG }));
    });
    const results = await Promise.all(tries);
    expect(count(results, "unauthenticated/signIn")).toBe(20);
    expect(count(results, "rate_limited/signInLimit")).toBe(20);
  });

  test("R33: spellings of one address are one account", async () => {
    const member = await newMember(owner);
    const [local, domain] = member.actor.email.split("@");
    const spellings = [
      `${local}@${domain?.toUpperCase()}`,
      ` ${local}@${domain} `,
      `${local?.toUpperCase()}@${domain}`,
      `${local}＠${domain}`,
    ];
    expect(await refusal(signIn(visitor(), { email: spellings[0], password: PASSWORD }))).toBe("done");
    expect(await refusal(signIn(visitor(), { email: spellings[2], password: PASSWORD }))).toBe("done");
    for (const email of [...spellings.slice(0, 3), ...spellings.slice(0, 2)]) {
      expect(await refusal(signIn(visitor(), { email, password: WRONG }))).toBe("unauthenticated/signIn");
    }
    expect(await refusal(signIn(visitor(), { email: spellings[2], password: WRONG }))).toBe("rate_limited/signInLimit");
  });

  test("R33: only failures count", async () => {
    const member = await newMember(owner);
    for (let n = 0; n < 8; n += 1) {
      expect(await refusal(signIn(visitor(), { email: member.actor.email, password: PASSWORD }))).toBe("done");
    }
  });

  test("R33: guessing the current password of an open session is throttled like signing in", async () => {
    const member = await newMember(owner);
    const change = () => refusal(changePassword(member, { currentPassword: WRONG, newPassword: "four green kites over rice" }));
    const results = await Promise.all(Array.from({ length: 20 }, change));
    expect(count(results, "validation/")).toBe(5);
    expect(count(results, "rate_limited/signInLimit")).toBe(15);
  });
});

describe("whether an account exists is not told", () => {
  test("R33: wrong password, unknown account and no address at all get the same refusal", async () => {
    const member = await newMember(owner);
    const errors = await Promise.all(
      [member.actor.email, someEmail(), "not an address"].map((email) =>
        signIn(visitor(), { email, password: WRONG }).catch((error: unknown) => error as AppError),
      ),
    );
    const shown = errors.map((error) => JSON.stringify({ ...(error as AppError), message: (error as AppError).message }));
    expect(new Set(shown).size).toBe(1);
  });

  test("a reset asked for by anybody gets the same answer, and a mail only where there is an account", async () => {
    const member = await newMember(owner);
    const stranger = someEmail();
    for (const email of [member.actor.email, stranger]) {
      expect(await requestPasswordReset(visitor(), { email })).toBeUndefined();
    }
    const mails = await queuedMails("password_reset");
    expect(mails.some((mail) => mail.to === member.actor.email)).toBe(true);
    expect(mails.some((mail) => mail.to === stranger)).toBe(false);
    for (let n = 0; n < 5; n += 1) {
      expect(await requestPasswordReset(visitor(), { email: member.actor.email })).toBeUndefined();
    }
    expect((await queuedMails("password_reset")).filter((mail) => mail.to === member.actor.email)).toHaveLength(3);
  });
});

describe("sessions", () => {
  test("signing in makes a session of its own, and its audit row names the person", async () => {
    const member = await newMember(owner);
    const session = await signIn(visitor("192.0.2.7"), { email: member.actor.email, password: PASSWORD });
    const ctx = await asSession(session);
    expect(ctx.actor).toMatchObject({ type: "member", institutionId: owner.actor.institutionId, sessionId: session.sessionId });
    const rows = await admin("SELECT ip FROM audit_event WHERE action = 'authn_login_success' AND actor_id = $1", [member.actor.userId]);
    expect(rows).toEqual([{ ip: "192.0.2.7" }]);
    const listed = await listSessions(ctx);
    expect(listed).toHaveLength(2);
    expect(listed[0]).toMatchObject({ id: session.sessionId, current: true });
  });

  test("an ended session is nobody on its next request", async () => {
    const member = await newMember(owner);
    const [one, two, three] = await Promise.all([1, 2, 3].map(() => signIn(visitor(), { email: member.actor.email, password: PASSWORD })));
    if (!one || !two || !three) throw new Error("three sign-ins");
    await revokeSession(member, { sessionId: one.sessionId });
    expect((await asSession(one)).actor.type).toBe("anonymous");
    await revokeAllSessions(await asSession(two), { keepCurrent: true });
    expect((await asSession(three)).actor.type).toBe("anonymous");
    expect((await asSession(sessionOf(member))).actor.type).toBe("anonymous");
    expect((await asSession(two)).actor.type).toBe("member");
    await signOut(await asSession(two));
    expect((await asSession(two)).actor.type).toBe("anonymous");
  });

  test("another person's session is not there", async () => {
    const member = await newMember(owner);
    for (const sessionId of [owner.actor.sessionId, "0", "00000000-0000-4000-8000-000000000000"]) {
      await expect(revokeSession(member, { sessionId }), sessionId).rejects.toMatchObject({ code: "not_found" });
    }
    expect((await asSession(sessionOf(owner))).actor.type).toBe("member");
  });

  test("a new password ends every other session and every link that was mailed", async () => {
    const member = await newMember(owner);
    const other = await signIn(visitor(), { email: member.actor.email, password: PASSWORD });
    await requestPasswordReset(visitor(), { email: member.actor.email });
    await changePassword(member, { currentPassword: PASSWORD, newPassword: "four green kites over rice" });
    expect((await asSession(other)).actor.type).toBe("anonymous");
    expect((await asSession(sessionOf(member))).actor.type).toBe("member");
    expect(await admin("SELECT FROM token_index WHERE ref_id = $1", [member.actor.userId])).toEqual([]);
    expect(await refusal(signIn(visitor(), { email: member.actor.email, password: PASSWORD }))).toBe("unauthenticated/signIn");
  });

  test("next-auth reads and writes the same token, and a revoked session is no session to it either", async () => {
    const member = await newMember(owner);
    const { jwt } = nextAuthOptions({ signIn: async () => null, signOut: async () => undefined });
    const session = sessionOf(member);
    const ours = await issueSessionToken({ id: session.sessionId, userId: session.userId });
    const read = await jwt?.decode?.({ token: ours, secret: "" });
    expect(read).toMatchObject({ sub: session.userId, sid: session.sessionId, email: member.actor.email });
    const theirs = await jwt?.encode?.({ token: { sub: session.userId, sid: session.sessionId }, secret: "" });
    expect(await jwt?.decode?.({ token: theirs ?? "", secret: "" })).toMatchObject({ sid: session.sessionId });
    await signOut(member);
    expect(await jwt?.decode?.({ token: ours, secret: "" })).toBeNull();
  });
});

test("R67: neither a password nor a link's token stands in any row", async () => {
  const rows = await everyRow();
  expect(rows).not.toContain(PASSWORD);
  expect(rows).not.toContain(WRONG);
  for (const mail of await queuedMails("password_reset")) {
    expect("link" in mail && rows.includes(mail.link.split("/").at(-1) ?? "")).toBe(false);
  }
});
