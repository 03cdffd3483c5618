import { beforeAll, describe, expect, test } from "vitest";
import { ROLES, type Role } from "@/lib/auth/permissions";
import { AppError } from "@/lib/core/errors";
import { createInstitution } from "@/lib/services/institution/create-institution";
import { getInstitution } from "@/lib/services/institution/get-institution";
import { listMyInstitutions } from "@/lib/services/institution/list-my-institutions";
import { updateInstitution } from "@/lib/services/institution/update-institution";
import { changeRole } from "@/lib/services/members/change-role";
import { getMember } from "@/lib/services/members/get-member";
import { inviteMember } from "@/lib/services/members/invite-member";
import { listInvitations } from "@/lib/services/members/list-invitations";
import { listMembers } from "@/lib/services/members/list-members";
import { removeMember } from "@/lib/services/members/remove-member";
import { revokeInvitation } from "@/lib/services/members/revoke-invitation";
import { switchInstitution } from "@/lib/services/session/switch-institution";
import {
  admin,
  asMember,
  asSession,
  type MemberContext,
  membershipOf,
  newInstitution,
  newMember,
  sessionOf,
  someEmail,
} from "@/tests/support/people";
import { walk } from "@/tests/support/queries";

const outcome = (work: Promise<unknown>) =>
  work.then(
    () => "done",
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );
const institution = { name: "Changed", defaultCountry: "VN", defaultLocale: "vi", locales: ["vi", "en"] };

describe("role × action", () => {
  let owner: MemberContext;
  let people: Record<Role, MemberContext>;
  beforeAll(async () => {
    owner = await newInstitution();
    people = { owner, admin: await newMember(owner, "admin"), member: await newMember(owner, "member") };
  });

  // what each role is answered, in the order of ROLES: owner, admin, member
  const table: Array<[string, (actor: MemberContext) => Promise<unknown>, string[]]> = [
    ["invite a member", (actor) => inviteMember(actor, { email: someEmail(), role: "member" }), ["done", "done", "forbidden"]],
    ["invite an admin", (actor) => inviteMember(actor, { email: someEmail(), role: "admin" }), ["done", "done", "forbidden"]],
    ["invite an owner", (actor) => inviteMember(actor, { email: someEmail(), role: "owner" }), ["done", "forbidden", "forbidden"]],
    ["see invitations", (actor) => listInvitations(actor, {}), ["done", "done", "forbidden"]],
    ["see members", (actor) => listMembers(actor, {}), ["done", "done", "done"]],
    ["change the institution", (actor) => updateInstitution(actor, institution), ["done", "done", "forbidden"]],
    ["make an institution", async (actor) => createInstitution(await extraSession(actor), institution), ["done", "forbidden", "forbidden"]],
    ["make a member an admin", async (actor) => change(actor, "member", "admin"), ["done", "done", "forbidden"]],
    ["make an admin an owner", async (actor) => change(actor, "admin", "owner"), ["done", "forbidden", "forbidden"]],
    ["make an owner a member", async (actor) => change(actor, "owner", "member"), ["done", "forbidden", "forbidden"]],
    ["remove a member", async (actor) => remove(actor, "member"), ["done", "done", "forbidden"]],
    ["remove an admin", async (actor) => remove(actor, "admin"), ["done", "done", "forbidden"]],
    ["remove an owner", async (actor) => remove(actor, "owner"), ["done", "forbidden", "forbidden"]],
    ["take back an owner's invitation", (actor) => takeBack(actor, "owner"), ["done", "forbidden", "forbidden"]],
    ["take back a member's invitation", (actor) => takeBack(actor, "member"), ["done", "done", "forbidden"]],
  ];

  const extraSession = (actor: MemberContext) => asMember(sessionOf(actor));
  const change = async (actor: MemberContext, from: Role, role: Role) =>
    changeRole(actor, { memberId: await membershipOf(await newMember(owner, from)), role });
  const remove = async (actor: MemberContext, role: Role) =>
    removeMember(actor, { memberId: await membershipOf(await newMember(owner, role)) });
  const takeBack = async (actor: MemberContext, role: Role) => {
    const { id } = await inviteMember(owner, { email: someEmail(), role });
    await revokeInvitation(actor, { invitationId: id });
  };

  test.each(table)("%s", async (_name, act, expected) => {
    const answers: string[] = [];
    for (const role of ROLES) {
      answers.push(await outcome(act(people[role])));
    }
    expect(answers).toEqual(expected);
  });
});

describe("owners", () => {
  test("the last owner can be neither demoted nor removed, nor leave", async () => {
    const owner = await newInstitution();
    const memberId = await membershipOf(owner);
    for (const role of ["admin", "member"]) {
      await expect(changeRole(owner, { memberId, role })).rejects.toMatchObject({ code: "conflict", reason: "lastOwner" });
    }
    await expect(removeMember(owner, { memberId })).rejects.toMatchObject({ code: "conflict", reason: "lastOwner" });
    expect((await asMember(sessionOf(owner))).actor.role).toBe("owner");
  });

  test.each(["demote", "remove", "mixed"])("of owners who go at the same time one stays: %s", async (way) => {
    for (let round = 0; round < 5; round += 1) {
      const first = await newInstitution();
      const owners = [first, await newMember(first, "owner"), await newMember(first, "owner")];
      const ids = await Promise.all(owners.map(membershipOf));
      const go = (n: number) => {
        const memberId = ids[n];
        const by = owners[n] ?? first;
        return way === "remove" || (way === "mixed" && n % 2 === 0)
          ? removeMember(by, { memberId })
          : changeRole(by, { memberId, role: "member" });
      };
      const results = await Promise.all(owners.map((_, n) => outcome(go(n))));
      expect(results.sort()).toEqual(["conflict", "done", "done"]);
      const left = await admin("SELECT FROM membership WHERE institution_id = $1 AND role = 'owner'", [first.actor.institutionId]);
      expect(left).toHaveLength(1);
    }
  });
});

describe("leaving", () => {
  test("a removed member sees nothing on their next request; their subscriber and its proofs stay", async () => {
    const owner = await newInstitution();
    const member = await newMember(owner);
    const { institutionId, subscriberId, userId } = member.actor;
    await removeMember(owner, { memberId: await membershipOf(member) });
    expect((await asSession(sessionOf(member))).actor.type).toBe("account");
    expect(await admin("SELECT user_id FROM subscriber WHERE institution_id = $1 AND id = $2", [institutionId, subscriberId])).toEqual([
      { user_id: userId },
    ]);
    expect(await admin("SELECT FROM invitation WHERE institution_id = $1 AND email = $2", [institutionId, member.actor.email])).toEqual([]);
    const events = await admin("SELECT action FROM audit_event WHERE institution_id = $1 AND action = 'member.removed'", [institutionId]);
    expect(events).toHaveLength(1);
  });

  test("everybody may leave by themselves", async () => {
    const owner = await newInstitution();
    const member = await newMember(owner);
    expect(await removeMember(member, { memberId: await membershipOf(member) })).toEqual({ left: true });
    expect((await asSession(sessionOf(member))).actor.type).toBe("account");
  });
});

describe("several institutions", () => {
  test("a person switches between their own, and to no other", async () => {
    const owner = await newInstitution("One");
    const stranger = await newInstitution("Strange");
    const { id } = await createInstitution(owner, { ...institution, name: "Two" });
    const two = await asMember(sessionOf(owner));
    expect(two.actor).toMatchObject({ institutionId: id, role: "owner" });
    expect(await listMyInstitutions(two)).toMatchObject([
      { name: "One", role: "owner", current: false },
      { name: "Two", role: "owner", current: true },
    ]);
    await switchInstitution(two, { institutionId: owner.actor.institutionId });
    expect((await asMember(sessionOf(owner))).actor.institutionId).toBe(owner.actor.institutionId);
    for (const institutionId of [stranger.actor.institutionId, "x", "00000000-0000-4000-8000-000000000000"]) {
      await expect(switchInstitution(two, { institutionId }), institutionId).rejects.toMatchObject({ code: "not_found" });
    }
  });

  test("invitations are listed page by page, the newest first, there and back", async () => {
    const owner = await newInstitution();
    const invited: string[] = [];
    for (let left = 7; left > 0; left -= 1) {
      invited.unshift((await inviteMember(owner, { email: someEmail(), role: "member" })).id);
    }
    const { there, back } = await walk((cursor) => listInvitations(owner, { limit: 3, ...cursor }));
    expect(there.map(({ id }) => id)).toEqual(invited);
    expect(back).toEqual(there);
  });

  test("R61: ids of another institution are not there, whatever the role here", async () => {
    const [here, there] = [await newInstitution("Here"), await newInstitution("There")];
    const memberId = await membershipOf(await newMember(there));
    const { id: invitationId } = await inviteMember(there, { email: someEmail(), role: "member" });
    const unknown = "00000000-0000-4000-8000-000000000000";
    const verbs = [
      (id: string) => getMember(here, { memberId: id }),
      (id: string) => changeRole(here, { memberId: id, role: "admin" }),
      (id: string) => removeMember(here, { memberId: id }),
      (id: string) => revokeInvitation(here, { invitationId: id }),
    ];
    for (const verb of verbs) {
      for (const id of [memberId, invitationId, unknown, "x"]) {
        expect(await outcome(verb(id)), `${verb}`).toBe("not_found");
      }
    }
    expect((await listMembers(here, {})).items).toHaveLength(1);
    expect((await listMembers(there, {})).items).toHaveLength(2);
    expect((await listInvitations(here, {})).items.map((invitation) => invitation.id)).not.toContain(invitationId);
    expect((await getInstitution(here)).name).toBe("Here");
  });

  test("R60: what a person may not set is refused, not ignored", async () => {
    const owner = await newInstitution();
    const extra = await updateInstitution(owner, { ...institution, id: owner.actor.institutionId }).catch(
      (error: unknown) => error as AppError,
    );
    expect((extra as AppError).fields).toEqual([{ path: "id", code: "unknown" }]);
  });
});

describe("the list", () => {
  test("pages forward and back by key, finds by name, and hides addresses from those who do not manage", async () => {
    const owner = await newInstitution();
    const others: MemberContext[] = [];
    for (let n = 0; n < 4; n += 1) {
      others.push(await newMember(owner));
    }
    const first = await listMembers(owner, { limit: 2 });
    const second = await listMembers(owner, { limit: 2, after: first.next ?? "" });
    const third = await listMembers(owner, { limit: 2, after: second.next ?? "" });
    expect([first, second, third].map((page) => page.items.length)).toEqual([2, 2, 1]);
    expect(third.next).toBeNull();
    expect(await listMembers(owner, { limit: 2, before: third.previous ?? "" })).toEqual(second);
    expect((await listMembers(owner, { limit: 2, after: "forged" })).items).toEqual(first.items);

    const [someone] = others;
    if (!someone) throw new Error("a member");
    const { email, name } = someone.actor;
    expect((await listMembers(owner, { q: email })).items.map((member) => member.email)).toEqual([email]);
    expect((await listMembers(someone, { q: owner.actor.email })).items).toEqual([]);
    expect((await listMembers(someone, { q: name })).items.some((member) => member.isSelf && member.email === email)).toBe(true);
    const seen = (await listMembers(someone, {})).items.filter((member) => !member.isSelf);
    expect(seen.every((member) => member.email.includes("***"))).toBe(true);
    expect((await listMembers(owner, { q: "%" })).items).toEqual([]);
  });
});
