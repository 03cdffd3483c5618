import { beforeAll, expect, test } from "vitest";
import { createDomain } from "@/lib/services/domains/create";
import { registerNumber } from "@/lib/services/numbers/register";
import { createBoundSender } from "@/lib/services/senders/create-bound";
import { post } from "@/tests/support/action-calls";
import { makeInstitution, makeMember } from "@/tests/support/institution";
import { asBrowser } from "@/tests/support/next";
import { asAdmin } from "@/tests/support/outbox";
import { readPage } from "@/tests/support/page-calls";
import { addSmtp } from "@/tests/support/senders";
import { textAccount } from "@/tests/support/text-account";

let admin: Awaited<ReturnType<typeof makeMember>>;

beforeAll(async () => {
  admin = await makeMember(await makeInstitution(), "admin");
});

async function read(folder: string, params: Record<string, string>): Promise<string> {
  const visit = await asBrowser({ as: admin }, () => readPage(`app/(console)/${folder}/page.tsx`, { params }));
  return visit.kind === "answer" ? String(visit.value) : visit.kind;
}

test("a sender that waits for its domain leads to it; one without a domain leads to where one is added", async () => {
  const { id: senderId, integration } = await addSmtp(admin, { fromAddress: "desk@elsewhere.example" });
  expect(await read("senders/[senderId]", { senderId })).toMatch(/Add the domain/);
  const { id: emailDomainId } = await createDomain(admin, { domain: "clinic.example" });
  const from = { fromAddress: "desk@clinic.example", emailDomainId };
  const waiting = await createBoundSender(admin, { type: "email", name: "Desk", integrationId: integration.id, ...from });
  const page = await read("senders/[senderId]", { senderId: waiting.id });
  expect(page).toMatch(/Its email domain is not verified yet/);
  expect(page).toContain(`/domains/${emailDomainId}`);
  expect(page).not.toMatch(/Add the domain/);
});

test("a number's sender is deleted from its own page, and made again from the number's", async () => {
  const { institutionId } = admin.actor;
  const integrationId = await textAccount(institutionId, "catcher_text", {});
  const { id: numberId, sender } = await registerNumber(admin, { integrationId, number: "+819012345678" });
  const senderId = sender?.id ?? "";
  expect(await read("senders/[senderId]", { senderId })).toMatch(/The number \+819012345678 stays under Phone numbers/);
  expect(await read("numbers/[numberId]", { numberId })).not.toMatch(/This number has no sender/);
  const deleted = await post("app/(console)/senders/actions.ts#deleteSenderAction", { as: admin }, { senderId, keepNumber: "true" });
  expect(deleted.code).toBe("fine");
  expect(await read("numbers/[numberId]", { numberId })).toMatch(/This number has no sender/);
  const add = () => post("app/(console)/numbers/actions.ts#addNumberSenderAction", { as: admin }, { numberId });
  expect((await Promise.all([add(), add(), add()])).map(({ visit }) => visit?.kind)).toEqual(["redirect", "redirect", "redirect"]);
  const rows = await asAdmin<{ id: string }>("SELECT id FROM sender WHERE phone_number_id = $1", [numberId]);
  expect(rows).toEqual([{ id: expect.not.stringContaining(senderId) }]);
});
