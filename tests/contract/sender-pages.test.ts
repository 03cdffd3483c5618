import { beforeAll, expect, test } from "vitest";
import { createDomain } from "@/lib/services/domains/create";
import { createBoundSender } from "@/lib/services/senders/create-bound";
import { makeInstitution, makeMember } from "@/tests/support/institution";
import { asBrowser } from "@/tests/support/next";
import { readPage } from "@/tests/support/page-calls";
import { addSmtp } from "@/tests/support/senders";

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
