import { beforeAll, describe, expect, test } from "vitest";
import { AppError } from "@/lib/core/errors";
import { getPasswordReset } from "@/lib/services/account/get-password-reset";
import { requestPasswordReset } from "@/lib/services/account/request-password-reset";
import { resetPassword } from "@/lib/services/account/reset-password";
import { acceptInvitation } from "@/lib/services/members/accept-invitation";
import { getInvitation } from "@/lib/services/members/get-invitation";
import { inviteMember } from "@/lib/services/members/invite-member";
import { listInvitations } from "@/lib/services/members/list-invitations";
import { revokeInvitation } from "@/lib/services/members/revoke-invitation";
import { signIn } from "@/lib/services/session/sign-in";
import {
  admin,
  asMember,
  asSession,
  type MemberContext,
  mailedToken,
  newInstitution,
  newMember,
  PASSWORD,
  sessionOf,
  someEmail,
  visitor,
} from "@/tests/support/people";

const NEW = "four green kites over rice";
const codes = (results: PromiseSettledResult<unknown>[]) =>
  results.map((result) =>
    result.status === "fulfilled" ? "done" : result.reason instanceof AppError ? result.reason.code : String(result.reason),
  );

let owner: MemberContext;
beforeAll(async () => {
  owner = await newInstitution("Harbour");
});

async function resetToken(email: string): Promise<string> {
  await requestPasswordReset(visitor(), { email });
  return mailedToken(email, "password_reset");
}

describe("password reset", () => {
  test("of 50 uses of one link at once one succeeds, and every session ends", async () => {
    const member = await newMember(owner);
    const token = await resetToken(member.actor.email);
    expect(await getPasswordReset(visitor(), { token })).toMatchObject({ email: member.actor.email });
    const uses = Array.from({ length: 50 }, (_, n) => resetPassword(visitor(), { token, password: `${NEW} ${n}` }));
    const results = codes(await Promise.allSettled(uses));
    expect(results.filter((code) => code === "done")).toHaveLength(1);
    expect(results.filter((code) => code === "not_found")).toHaveLength(49);
    expect((await asSession(sessionOf(member))).actor.type).toBe("anonymous");
    const password = `${NEW} ${results.indexOf("done")}`;
    expect((await asSession(await signIn(visitor(), { email: member.actor.email, password }))).actor.type).toBe("member");
  });

  test("a refused password leaves the link as it was", async () => {
    const member = await newMember(owner);
    const token = await resetToken(member.actor.email);
    for (const password of ["short", "aaaaaaaaaaaaaaaaaaaa", `${member.actor.email}`, ""]) {
      await expect(resetPassword(visitor(), { token, password }), password).rejects.toMatchObject({ code: "validation" });
    }
    await resetPassword(visitor(), { token, password: NEW });
  });

  test("a newer link voids the older one; an old one is over; no other kind of token opens it", async () => {
    const member = await newMember(owner);
    const older = await resetToken(member.actor.email);
    const newer = await resetToken(member.actor.email);
    await expect(resetPassword(visitor(), { token: older, password: NEW })).rejects.toMatchObject({ code: "not_found" });
    await admin("UPDATE token_index SET expires_at = now() WHERE ref_id = $1", [member.actor.userId]);
    await expect(resetPassword(visitor(), { token: newer, password: NEW })).rejects.toMatchObject({ code: "not_found" });
    const email = someEmail();
    await inviteMember(owner, { email, role: "member" });
    const invitation = await mailedToken(email, "invitation");
    await expect(resetPassword(visitor(), { token: invitation, password: NEW })).rejects.toMatchObject({ code: "not_found" });
  });

  test("somebody who was removed from their only institution still gets a link", async () => {
    const member = await newMember(owner);
    await admin("DELETE FROM membership WHERE user_id = $1", [member.actor.userId]);
    const token = await resetToken(member.actor.email);
    await resetPassword(visitor(), { token, password: NEW });
    const session = await signIn(visitor(), { email: member.actor.email, password: NEW });
    expect((await asSession(session)).actor.type).toBe("account");
  });
});

describe("invitation", () => {
  async function invite(email = someEmail(), role = "member"): Promise<{ email: string; token: string }> {
    await inviteMember(owner, { email, role });
    return { email, token: await mailedToken(email, "invitation") };
  }

  test("of 50 uses of one link at once one makes a member, who is a subscriber too", async () => {
    const { email, token } = await invite(someEmail(), "admin");
    expect(await getInvitation(visitor(), { token })).toEqual({
      institutionName: "Harbour",
      invitedBy: owner.actor.name,
      email,
      role: "admin",
      next: "new_account",
    });
    const uses = await Promise.allSettled(
      Array.from({ length: 50 }, () => acceptInvitation(visitor(), { token, name: "New", password: PASSWORD })),
    );
    const results = codes(uses);
    expect(results.filter((code) => code === "done")).toHaveLength(1);
    // whoever comes after the winner's account is told to sign in to it, or that the link is gone
    expect(results.every((code) => ["done", "not_found", "unauthenticated"].includes(code))).toBe(true);
    expect(await admin('SELECT FROM "user" WHERE email = $1', [email])).toHaveLength(1);
    const won = uses.find((use) => use.status === "fulfilled");
    const member = await asMember(won?.status === "fulfilled" ? won.value : { sessionId: "", userId: "" });
    expect(member.actor).toMatchObject({ role: "admin", institutionId: owner.actor.institutionId });
    const points = await admin("SELECT FROM contact_point WHERE subscriber_id = $1", [member.actor.subscriberId]);
    expect(points).toEqual([]);
  });

  test("with an account of that address one must be signed in to it", async () => {
    const other = await newInstitution("Elsewhere");
    const { token } = await invite(other.actor.email);
    expect(await getInvitation(visitor(), { token })).toMatchObject({ next: "sign_in" });
    const stranger = await acceptInvitation(visitor(), { token, name: "Eve", password: PASSWORD }).catch((error: unknown) => error);
    expect(stranger).toMatchObject({ code: "unauthenticated", reason: "invitationSignIn" });
    const somebody = await newMember(owner);
    expect(await getInvitation(somebody, { token })).toMatchObject({ next: "other_account" });
    await expect(acceptInvitation(somebody, { token })).rejects.toMatchObject({ code: "conflict", reason: "invitationOtherAccount" });

    expect(await getInvitation(other, { token })).toMatchObject({ next: "join" });
    await acceptInvitation(other, { token });
    const now = await asMember(sessionOf(other));
    expect(now.actor).toMatchObject({ institutionId: owner.actor.institutionId, role: "member" });
    expect(now.actor.subscriberId).not.toBe(other.actor.subscriberId);
  });

  test("taken back, replaced or expired, its link leads nowhere", async () => {
    const revoked = await invite();
    const [listed] = (await listInvitations(owner, {})).items;
    expect(listed).toMatchObject({ email: revoked.email, expired: false });
    await revokeInvitation(owner, { invitationId: listed?.id });
    await expect(getInvitation(visitor(), { token: revoked.token })).rejects.toMatchObject({ code: "not_found" });

    const first = await invite();
    const second = await invite(first.email);
    await expect(getInvitation(visitor(), { token: first.token })).rejects.toMatchObject({ code: "not_found" });
    expect(await getInvitation(visitor(), { token: second.token })).toMatchObject({ email: first.email });
    await admin("UPDATE token_index SET expires_at = now() WHERE kind = 'invitation'");
    await expect(getInvitation(visitor(), { token: second.token })).rejects.toMatchObject({ code: "not_found" });
  });

  test("of 10 invitations of one address at once one is open, and a member is not invited", async () => {
    const email = someEmail();
    const results = codes(await Promise.allSettled(Array.from({ length: 10 }, () => inviteMember(owner, { email, role: "member" }))));
    expect(results.every((code) => ["done", "validation"].includes(code))).toBe(true);
    expect((await listInvitations(owner, {})).items.filter((invitation) => invitation.email === email)).toHaveLength(1);
    const twice = await inviteMember(owner, { email: owner.actor.email, role: "member" }).catch((error: unknown) => error as AppError);
    expect((twice as AppError).fields).toEqual([{ path: "email", code: "already_member" }]);
  });

  test("R36: no address that could reach two people, or inject a header, is invited", async () => {
    for (const email of [
      "a@b.example, c@d.example",
      "a@b.example\r\nBcc: c@d.example",
      '"a b"@c.example',
      "a@[127.0.0.1]",
      "a＠b@c.example",
    ]) {
      await expect(inviteMember(owner, { email, role: "member" }), email).rejects.toMatchObject({ code: "validation" });
    }
  });
});
