import { expect, test } from "vitest";
import { AppError } from "@/lib/core/errors";
import { createFirstInstitution } from "@/lib/services/setup/create-first-institution";
import { getSetup } from "@/lib/services/setup/get-setup";
import { issueSetupToken } from "@/lib/services/setup/issue-setup-token";
import { admin, asMember, everyRow, PASSWORD, visitor } from "@/tests/support/people";

const given = {
  institutionName: "City Library",
  defaultCountry: "VN",
  defaultLocale: "vi",
  name: "Linh",
  email: "Linh@Library.example",
  password: PASSWORD,
};

const codeOf = (error: unknown) => (error instanceof AppError ? error.code : error);

// One story in one database: what comes later needs what came before.
test("without the printed token nobody can set up", async () => {
  for (const token of ["", "x", "A".repeat(43), undefined]) {
    await expect(createFirstInstitution(visitor(), { ...given, token }), String(token)).rejects.toMatchObject({ code: "not_found" });
  }
  await issueSetupToken();
  await expect(createFirstInstitution(visitor(), { ...given, token: "A".repeat(43) })).rejects.toMatchObject({ code: "not_found" });
  expect(await getSetup(visitor(), { token: "A".repeat(43) })).toBe("locked");
  expect(await admin("SELECT FROM institution")).toEqual([]);
});

test("a newer token voids the one before, and only its hash is stored", async () => {
  const older = await issueSetupToken();
  const newer = await issueSetupToken();
  expect(await getSetup(visitor(), { token: older })).toBe("locked");
  expect(await getSetup(visitor(), { token: newer })).toBe("open");
  const rows = await everyRow();
  expect(rows).not.toContain(newer);
});

test("what is refused leaves the token as it was, and says which fields", async () => {
  const token = await issueSetupToken();
  const bad = {
    token,
    institutionName: " ",
    defaultCountry: "XX",
    defaultLocale: "de",
    name: "a\u202eb",
    email: "nobody",
    password: "short",
  };
  const error = await createFirstInstitution(visitor(), bad).catch((thrown: unknown) => thrown as AppError);
  expect(error).toMatchObject({ code: "validation" });
  expect((error as AppError).fields?.map((field) => field.path).sort()).toEqual([
    "defaultCountry",
    "defaultLocale",
    "email",
    "institutionName",
    "name",
  ]);
  const weak = await createFirstInstitution(visitor(), { ...given, token, password: "too short" }).catch(
    (thrown: unknown) => thrown as AppError,
  );
  expect((weak as AppError).fields).toMatchObject([{ path: "password", code: "password_too_short" }]);
  expect(await getSetup(visitor(), { token })).toBe("open");
});

test("of 20 set-ups at once with the right token one succeeds", async () => {
  const token = await issueSetupToken();
  const results = await Promise.allSettled(
    Array.from({ length: 20 }, (_, n) => createFirstInstitution(visitor(), { ...given, token, email: `owner${n}@library.example` })),
  );
  const made = results.filter((result) => result.status === "fulfilled");
  expect(made).toHaveLength(1);
  expect(results.filter((result) => result.status === "rejected").map(({ reason }) => codeOf(reason))).toEqual(Array(19).fill("not_found"));
  expect(await admin("SELECT FROM institution")).toHaveLength(1);
  expect(await admin('SELECT FROM "user"')).toHaveLength(1);

  const session = made[0];
  const owner = await asMember(session?.status === "fulfilled" ? session.value : { sessionId: "", userId: "" });
  expect(owner.actor).toMatchObject({ role: "owner", name: "Linh" });
  const [subscriber] = await admin("SELECT user_id, external_id, id FROM subscriber");
  expect(subscriber).toEqual({ user_id: owner.actor.userId, external_id: owner.actor.userId, id: owner.actor.subscriberId });
});

test("afterwards set-up is gone", async () => {
  expect(await issueSetupToken()).toBeNull();
  expect(await getSetup(visitor(), { token: "" })).toBe("done");
  expect(await admin("SELECT FROM app_fact WHERE name = 'setup_token'")).toEqual([]);
  await expect(createFirstInstitution(visitor(), { ...given, token: "A".repeat(43) })).rejects.toMatchObject({ code: "not_found" });
});
