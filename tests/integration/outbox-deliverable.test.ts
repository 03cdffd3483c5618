import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context, SignedInMember } from "@/lib/auth/actor";
import { closePrisma } from "@/lib/db/client";
import { inInstitution } from "@/lib/db/unit-of-work";
import { env } from "@/lib/env";
import { createContactPoint } from "@/lib/services/contact-points/create";
import { deleteContactPoint } from "@/lib/services/contact-points/delete";
import { pauseContactPoint } from "@/lib/services/contact-points/pause";
import { restoreContactPoint } from "@/lib/services/contact-points/restore";
import { updateContactPoint } from "@/lib/services/contact-points/update";
import { issueVerification } from "@/lib/services/verifications/issue";
import { makeInstitution, makeMember } from "@/tests/support/institution";
import { asAdmin, enqueueTo, mailServer, messageIds, passTime, workOff } from "@/tests/support/outbox";

const STEPS = [
  "challenge",
  "verify",
  "enable",
  "disable",
  "pause",
  "resume",
  "delete",
  "restore",
  "bounce",
  "mend",
  "test",
  "notice",
  "work",
] as const;
type Step = (typeof STEPS)[number];

/** What a contact point's messages should be able to count on, told without a database. */
class Model {
  verified = false;
  enabled = true;
  paused = false;
  undeliverable = false;
  deleted = false;
  /** The message of the challenge that can be met now; those of all there ever were. */
  challenge: string | undefined;
  challenges = new Set<string>();
  waiting: string[] = [];

  /** What arrives when the worker comes by now. */
  work(): string[] {
    const deliverable = this.verified && this.enabled && !this.paused && !this.undeliverable && !this.deleted;
    return this.waiting.splice(0).filter((id) => (this.challenges.has(id) ? id === this.challenge : deliverable));
  }
}

const database = {
  verify: "UPDATE contact_point SET verified_at = now() WHERE id = $1",
  bounce: "UPDATE contact_point SET undeliverable_at = now(), undeliverable_reason = 'recipient_rejected' WHERE id = $1",
  mend: "UPDATE contact_point SET undeliverable_at = NULL, undeliverable_reason = NULL WHERE id = $1",
};

let institutionId: string;

beforeAll(async () => {
  process.env["LIMITS"] = JSON.stringify({ messagesPerContactPoint: { max: 1000, windowSec: 5 } });
  expect(env().limits.messagesPerContactPoint.max).toBe(1000);
  institutionId = await makeInstitution();
});
afterAll(closePrisma);

class Real {
  constructor(
    readonly member: Context & { actor: SignedInMember },
    readonly contactPointId: string,
    readonly to: string,
  ) {}

  static async make(): Promise<Real> {
    const member = await makeMember(institutionId);
    const to = member.actor.email;
    const point = await createContactPoint(member, { type: "email", label: "Work", config: { email: to }, verify: false });
    return new Real(member, point.id, to);
  }

  enqueue(kind: "test" | "notice"): Promise<string> {
    return enqueueTo({ institutionId, contactPointId: this.contactPointId, to: this.to, kind });
  }

  async challenge(): Promise<string> {
    return inInstitution(institutionId, async (tx) => {
      const contactPoint = await tx.contactPoint.findFirstOrThrow({ where: { institutionId, id: this.contactPointId } });
      const id = await issueVerification(tx, this.member, { contactPoint, suppressed: false });
      const { messageId } = await tx.verification.findFirstOrThrow({ where: { institutionId, id } });
      return messageId ?? "";
    });
  }

  async verify(): Promise<void> {
    await asAdmin("UPDATE verification SET consumed_at = now() WHERE contact_point_id = $1 AND voided_at IS NULL", [this.contactPointId]);
    await asAdmin(database.verify, [this.contactPointId]);
  }
}

async function take(step: Step, model: Model, real: Real): Promise<void> {
  const { member, contactPointId } = real;
  switch (step) {
    case "enable":
    case "disable":
      if (!model.deleted) {
        model.enabled = step === "enable";
        await updateContactPoint(member, { contactPointId, enabled: model.enabled });
      }
      break;
    case "pause":
    case "resume":
      if (!model.deleted) {
        model.paused = step === "pause";
        await pauseContactPoint(member, { contactPointId, until: model.paused ? "hour" : "resume" });
      }
      break;
    case "delete":
      if (!model.deleted) {
        await deleteContactPoint(member, { contactPointId });
        Object.assign(model, { deleted: true, waiting: [], challenge: undefined });
      }
      break;
    case "restore":
      if (model.deleted) {
        await restoreContactPoint(member, { contactPointId });
        model.deleted = false;
      }
      break;
    case "verify":
      await real.verify();
      Object.assign(model, { verified: true, challenge: undefined });
      break;
    case "bounce":
    case "mend":
      model.undeliverable = step === "bounce";
      await asAdmin(database[step], [contactPointId]);
      break;
    case "challenge":
      if (!model.deleted) {
        model.challenge = await real.challenge();
        model.challenges.add(model.challenge);
        model.waiting.push(model.challenge);
      }
      break;
    case "test":
    case "notice":
      // also where no verb would have let it in: the worker has the last word
      model.waiting.push(await real.enqueue(step));
      break;
    case "work":
      break;
  }
}

describe("what arrives", () => {
  it("R18: is what a deliverable contact point was sent, and its own verification, whatever happened before", async () => {
    const { smtp, outlets } = await mailServer();
    const steps = fc.array(fc.constantFrom(...STEPS), { minLength: 1, maxLength: 16 });
    await fc.assert(
      fc.asyncProperty(steps, async (plan) => {
        const [model, real] = [new Model(), await Real.make()];
        for (const step of [...plan, "work" as const]) {
          await take(step, model, real);
          if (step === "work") {
            smtp.messages.length = 0;
            await workOff(outlets);
            expect(messageIds(smtp.messages).sort()).toEqual(
              model
                .work()
                .map((id) => `${id}@localhost`)
                .sort(),
            );
            await passTime(1);
          }
        }
      }),
      { numRuns: 60, seed: 20_261_121 },
    );
  }, 60_000);
});
