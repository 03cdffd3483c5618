import { expect, test } from "vitest";
import { getCaughtMail } from "@/lib/services/catcher/get";
import { listCaught } from "@/lib/services/catcher/list";
import { makeInstitution, makeMember } from "../support/institution";

test("where nothing is caught there is nothing to see, not for an owner either", async () => {
  const ctx = await makeMember(await makeInstitution(), "owner");
  await expect(listCaught(ctx, { kind: "mail" })).rejects.toMatchObject({ code: "not_found" });
  await expect(getCaughtMail(ctx, { caughtId: "mail-0000000000-000000000000" })).rejects.toMatchObject({ code: "not_found" });
});
