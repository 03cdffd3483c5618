import { expect, test } from "vitest";
import { PATCH as patchRoute } from "@/app/api/v1/contact-points/[contactPointId]/route";
import { POST as testRoute } from "@/app/api/v1/contact-points/[contactPointId]/tests/route";
import { newId } from "@/lib/core/ids";
import { createContactPoint } from "@/lib/services/contact-points/create";
import { browserRequest, routeArgs } from "@/tests/support/calls";
import { makeInstitution, makeMember } from "@/tests/support/institution";
import { asAdmin } from "@/tests/support/outbox";

const refusals = (institutionId: string) =>
  asAdmin<{ action: string; outcome: string; actor_id: string }>(
    "SELECT action, outcome, actor_id FROM audit_event WHERE institution_id = $1 AND outcome = 'refused' ORDER BY at",
    [institutionId],
  );

test("R66: whoever names another person's contact point learns nothing, and leaves a line", async () => {
  const institutionId = await makeInstitution();
  const [owner, member] = [await makeMember(institutionId, "owner"), await makeMember(institutionId)];
  const { id } = await createContactPoint(owner, { type: "email", label: "Desk", config: { email: "desk@refused.example" } });
  const ask = async (contactPointId: string) => {
    const request = await browserRequest(`/api/v1/contact-points/${contactPointId}`, {
      method: "PATCH",
      as: member,
      body: { enabled: false },
    });
    const answer = await patchRoute(request, routeArgs({ contactPointId }));
    const { request_id: _id, instance: _instance, ...body } = (await answer.json()) as Record<string, unknown>;
    return { status: answer.status, body };
  };
  const [foreign, unknown] = [await ask(id), await ask(newId())];
  expect(foreign).toEqual(unknown);
  expect(foreign.status).toBe(404);
  expect(await refusals(institutionId)).toEqual([
    { action: "malicious_direct_reference", outcome: "refused", actor_id: member.actor.userId },
  ]);
});

test("R66: a step out of its order leaves a line", async () => {
  const institutionId = await makeInstitution();
  const member = await makeMember(institutionId);
  const { id } = await createContactPoint(member, { type: "email", label: "Desk", config: { email: "new@refused.example" } });
  const request = await browserRequest(`/api/v1/contact-points/${id}/tests`, { method: "POST", as: member, body: {} });
  const answer = await testRoute(request, routeArgs({ contactPointId: id }));
  expect(answer.status).toBe(409);
  expect(await refusals(institutionId)).toEqual([{ action: "sequence_fail", outcome: "refused", actor_id: member.actor.userId }]);
});
