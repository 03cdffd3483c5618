import { expect, test } from "vitest";
import { AppError } from "@/lib/core/errors";
import { createContactPoint } from "@/lib/services/contact-points/create";
import { deleteContactPoint } from "@/lib/services/contact-points/delete";
import { updateContactPoint } from "@/lib/services/contact-points/update";
import { deleteSubscriber } from "@/lib/services/subscribers/delete";
import { confirmLink } from "@/lib/services/verifications/confirm-link";
import { startVerification } from "@/lib/services/verifications/start";
import { makeInstitution, makeMember, makeSubscriber, stranger, waitingVerification } from "../support/institution";

/** Everything at once to three contact points of one subscriber. An unexpected failure, as a deadlock is, comes out as text. */
async function rush(round: number): Promise<string[]> {
  const institutionId = await makeInstitution();
  const ctx = await makeMember(institutionId, "admin");
  const subscriberId = await makeSubscriber(institutionId);
  const add = (name: string, verify: boolean) =>
    createContactPoint(ctx, { type: "email", label: name, config: { email: `${name}${round}@example.com` }, subscriberId, verify });
  const ids: string[] = [];
  for (const name of ["a", "b", "c"]) {
    ids.push((await add(name, true)).id);
  }
  const links = await Promise.all(ids.map((id) => waitingVerification(institutionId, id)));
  const work = [
    ...links.map(({ link }) => confirmLink(stranger(), { token: link.split("/").at(-1) })),
    ...ids.map((contactPointId) => updateContactPoint(ctx, { contactPointId, enabled: false })),
    ...ids.map((contactPointId) => startVerification(ctx, { contactPointId })),
    ...ids.map((contactPointId) => deleteContactPoint(ctx, { contactPointId })),
    add("d", true),
    ...(round % 2 === 0 ? [deleteSubscriber(ctx, { subscriberId })] : []),
  ];
  const settled = await Promise.allSettled(work);
  return settled.flatMap((one) => (one.status === "rejected" && !(one.reason instanceof AppError) ? [String(one.reason)] : []));
}

test("verbs that meet at the same contact points wait for each other and never lock each other out", async () => {
  for (let round = 0; round < 16; round += 1) {
    expect(await rush(round)).toEqual([]);
  }
});
