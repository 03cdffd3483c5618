import { describe, expect, test } from "vitest";
import { newId } from "@/lib/core/ids";
import { deleteAccount } from "@/lib/services/account/delete-account";
import { getAccount } from "@/lib/services/account/get-account";
import { requestPasswordReset } from "@/lib/services/account/request-password-reset";
import { updateProfile } from "@/lib/services/account/update-profile";
import { acceptInvitation } from "@/lib/services/members/accept-invitation";
import { inviteMember } from "@/lib/services/members/invite-member";
import { removeMember } from "@/lib/services/members/remove-member";
import { signIn } from "@/lib/services/session/sign-in";
import {
  admin,
  asMember,
  asSession,
  everyRow,
  type MemberContext,
  mailedToken,
  membershipOf,
  newInstitution,
  newMember,
  PASSWORD,
  sessionOf,
  visitor,
} from "@/tests/support/people";

async function addContactPoint(member: MemberContext, address: string): Promise<void> {
  await admin(
    `INSERT INTO contact_point (institution_id, id, subscriber_id, type, label, config, address, verified_at)
     VALUES ($1, $2, $3, 'email', 'Private', jsonb_build_object('address', $4::text), $4, now())`,
    [member.actor.institutionId, newId(), member.actor.subscriberId, address],
  );
}

describe("deleting an account", () => {
  test("R68: nothing personal is left in any row, in any institution past or present", async () => {
    const [here, there, former] = [await newInstitution("Here"), await newInstitution("There"), await newInstitution("Former")];
    const member = await newMember(here);
    const { email, userId } = member.actor;
    let current = member;
    for (const inviter of [former, there]) {
      await inviteMember(inviter, { email, role: "member" });
      await acceptInvitation(current, { token: await mailedToken(email, "invitation") });
      current = await asMember(sessionOf(member));
      await addContactPoint(current, `private-${inviter === former ? "old" : "new"}@secret.example`);
      if (inviter === former) {
        await removeMember(former, { memberId: await membershipOf(current) });
      }
    }
    await updateProfile(current, { name: "Unforgettable Name", locale: "ja" });
    await requestPasswordReset(visitor(), { email });
    // what was mailed to this address before it was anybody's, as the worker leaves it
    await admin("UPDATE message SET payload = NULL, state = 'sent' WHERE state = 'queued'");

    await deleteAccount(await asMember(sessionOf(member)), { password: PASSWORD });

    const rows = await everyRow();
    for (const trace of [email, "Unforgettable Name", "private-old", "private-new", "secret.example"]) {
      expect(rows, trace).not.toContain(trace);
    }
    expect(await admin('SELECT email, name, password_hash, email_canonical FROM "user" WHERE id = $1', [userId])).toEqual([
      { email: "", name: "", password_hash: null, email_canonical: null },
    ]);
    for (const table of ["membership", "subscriber", "session"]) {
      expect(await admin(`SELECT FROM ${table} WHERE user_id = $1`, [userId]), table).toEqual([]);
    }
    expect(await admin("SELECT FROM token_index WHERE ref_id = $1", [userId])).toEqual([]);
    const kept = await admin("SELECT DISTINCT institution_id FROM audit_event WHERE actor_id = $1 AND action = 'user.deleted'", [userId]);
    expect(kept).toHaveLength(3);
  });

  test("it ends every session at once, and the address is free again", async () => {
    const owner = await newInstitution();
    const member = await newMember(owner);
    const other = await signIn(visitor(), { email: member.actor.email, password: PASSWORD });
    await deleteAccount(member, { password: PASSWORD });
    for (const session of [other, sessionOf(member)]) {
      expect((await asSession(session)).actor.type).toBe("anonymous");
    }
    await expect(signIn(visitor(), { email: member.actor.email, password: PASSWORD })).rejects.toMatchObject({ code: "unauthenticated" });
    const again = await newMember(owner, "member", member.actor.email);
    expect(again.actor.userId).not.toBe(member.actor.userId);
  });

  test("a wrong password deletes nothing", async () => {
    const member = await newMember(await newInstitution());
    await expect(deleteAccount(member, { password: "not the password at all" })).rejects.toMatchObject({
      fields: [{ path: "password", code: "password_wrong" }],
    });
    expect((await getAccount(member)).email).toBe(member.actor.email);
  });

  test("the last owner of an institution is told which one", async () => {
    const owner = await newInstitution("Needs An Owner");
    await newMember(owner, "admin");
    await expect(deleteAccount(owner, { password: PASSWORD })).rejects.toMatchObject({
      code: "conflict",
      reason: "lastOwnerOf",
      params: { institutions: "Needs An Owner" },
    });
    expect((await asSession(sessionOf(owner))).actor.type).toBe("member");
  });

  test("of two owners who delete themselves at the same time one stays", async () => {
    for (let round = 0; round < 5; round += 1) {
      const first = await newInstitution();
      const second = await newMember(first, "owner");
      const results = await Promise.allSettled([first, second].map((owner) => deleteAccount(owner, { password: PASSWORD })));
      expect(results.map((result) => result.status).sort()).toEqual(["fulfilled", "rejected"]);
      const left = await admin("SELECT FROM membership WHERE institution_id = $1 AND role = 'owner'", [first.actor.institutionId]);
      expect(left).toHaveLength(1);
    }
  });
});
