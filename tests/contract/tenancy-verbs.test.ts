import { beforeAll, describe, expect, test } from "vitest";
import type { Context } from "@/lib/auth/actor";
import { PERMISSIONS, type Permission, ROLES, roleMay } from "@/lib/auth/permissions";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { NO_VERBS, VERB_CASES, type Verb, type VerbCase } from "@/tests/contract/verb-cases";
import { stranger } from "@/tests/support/institution";
import { load, takenFromServices, verbs } from "@/tests/support/site";
import { furnish, type Institution, leaks, type Person, rowsOf, unknownIds } from "@/tests/support/two-institutions";

const cases = Object.entries(VERB_CASES).flatMap(([key, value]) =>
  "helper" in value ? [] : [value].flat().map((each) => [key, each] as const),
);
const naming = cases.filter(([, { foreign }]) => foreign);

let ours: Institution;
let theirs: Institution;

beforeAll(async () => {
  [ours, theirs] = [await furnish(), await furnish()];
});

test("R63: every verb of the services has its cases", () => {
  expect(verbs().filter((verb) => !(verb in VERB_CASES))).toEqual([]);
  expect(Object.keys(VERB_CASES).filter((verb) => !verbs().includes(verb))).toEqual([]);
});

test("R63: pages, actions and routes call the services through verbs alone", () => {
  const functions = takenFromServices().filter((taken) => /#[a-z]/.test(taken) && !taken.endsWith("#auditFilters"));
  const verbsOnly = functions.filter((taken) => !(taken in VERB_CASES && !("helper" in (VERB_CASES[taken] ?? {}))));
  expect(verbsOnly).toEqual([...NO_VERBS].sort());
});

describe.each(naming)("%s", (key, { needs, given, foreign, plain }) => {
  test("R61: another institution's ids are answered as unknown ones, and change nothing there", async () => {
    const before = await rowsOf(theirs);
    const stranger = ours.people.owner;
    const asUnknown = await outcome(key, as(needs, stranger), given?.(unknownIds(theirs.ids)));
    const asForeign = await outcome(key, as(needs, stranger), given?.(theirs.ids));
    expect(asForeign).toEqual(asUnknown);
    expect(asForeign.code).toBe(foreign === "empty" ? "fine" : foreign);
    expect(leaks(theirs, JSON.stringify(asForeign))).toEqual([]);
    expect(await rowsOf(theirs)).toBe(before);
  });

  test("R61: a plain member is told what the table of permissions says", async () => {
    const { code } = await outcome(key, theirs.people.member, given?.(theirs.ids));
    expect(code).toBe(plain);
  });

  test("R61: whoever the ids belong to is served", async () => {
    const fresh = await furnish();
    expect(await outcome(key, as(needs, fresh.people.owner), given?.(fresh.ids))).toMatchObject({ code: "fine" });
  });
});

describe.each(cases.filter(([, { needs }]) => needs !== "nothing"))("%s", (key, { needs, given }) => {
  test("R61: nobody who is not signed in", async () => {
    expect((await outcome(key, stranger(), given?.(theirs.ids))).code).toBe("unauthenticated");
  });

  test("R61: no account without an institution, no role without the permission", async () => {
    const refused = [...(needs === "signed-in" ? [] : [accountOf(theirs)]), ...peopleWithout(needs)];
    const codes = await Promise.all(refused.map(async (ctx) => (await outcome(key, ctx, given?.(theirs.ids))).code));
    expect(codes).toEqual(refused.map(() => "forbidden"));
  });
});

interface Outcome {
  code: string;
  answer?: unknown;
  reason?: unknown;
  fields?: unknown;
}

async function outcome(key: string, ctx: Context, given: unknown): Promise<Outcome> {
  const [file = "", name = ""] = key.split("#");
  const verb: Verb = (await load(file))[name] as never;
  try {
    return { code: "fine", answer: await all(await verb(ctx, given ?? {})) };
  } catch (error) {
    if (!(error instanceof AppError)) {
      throw error;
    }
    const { code, reason, fields } = error;
    return { code, reason, fields };
  }
}

/** An export is only what its pieces say. */
async function all(answer: unknown): Promise<unknown> {
  return answer !== null && typeof answer === "object" && "chunks" in answer
    ? Array.fromAsync(answer.chunks as AsyncIterable<string>)
    : answer;
}

/** Whoever the verb is for: the person, or that person as a user of the institution's application. */
function as(needs: VerbCase["needs"], person: Person): Context {
  if (needs !== "subscriber") {
    return person;
  }
  const { institutionId, userId } = person.actor;
  const credential = { id: newId(), kind: "public_key", scopes: ["subscriptions:write"], access: "write" } as const;
  return { ...person, actor: { type: "subscriber", institutionId, externalId: userId, credential } };
}

function accountOf({ people }: Institution): Context {
  const { userId, sessionId, name, email } = people.owner.actor;
  return { ...people.owner, actor: { type: "account", userId, sessionId, name, email } };
}

function peopleWithout(needs: VerbCase["needs"]): Context[] {
  const isPermission = (value: string): value is Permission => (PERMISSIONS as string[]).includes(value);
  if (needs === "subscriber") {
    return Object.values(theirs.people);
  }
  return isPermission(needs) ? ROLES.filter((role) => !roleMay(role, needs)).map((role) => theirs.people[role]) : [];
}
