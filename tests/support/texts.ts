import { expect } from "vitest";
import { AppError } from "@/lib/core/errors";
import { inInstitution } from "@/lib/db/unit-of-work";
import { auditExpectedFailure } from "@/lib/services/audit/expected-failure";
import { enqueueMessage } from "@/lib/services/messages/enqueue";
import { countTexts } from "@/lib/services/sms-spending/count-texts";
import { updateSpending } from "@/lib/services/sms-spending/update-spending";
import { makeInstitution, makeMember } from "@/tests/support/institution";
import { asAdmin } from "@/tests/support/outbox";
import type { Person } from "@/tests/support/two-institutions";

/** Mobile numbers that no two of share a prefix. */
export const JP = (n: number) => `+8190${10000000 + n * 10_000}`;
export const VN = (n: number) => `+8491${1000000 + n * 10_000}`;
export const DE = (n: number) => `+4915${110000000 + n * 10_000}`;

export async function furnished(settings: object = {}): Promise<{ institutionId: string; admin: Person }> {
  const institutionId = await makeInstitution();
  const admin = await makeMember(institutionId, "admin");
  if (Object.keys(settings).length > 0) {
    await updateSpending(admin, settings);
  }
  return { institutionId, admin };
}

/** Queues one text, as a verb that asks for one does; what it is refused for, or "queued". */
export async function text(institutionId: string, to: string, kind: "test" | "notice" = "test"): Promise<string> {
  const at = new Date().toISOString();
  const common = { to, institutionName: "Lakeside Clinic" };
  const payload =
    kind === "test"
      ? ({ kind, label: "Phone", at, ...common } as const)
      : ({ kind, event: "added", contactPointType: "sms", maskedAddress: "+81******00", at, ...common } as const);
  try {
    await inInstitution(institutionId, (tx) =>
      enqueueMessage(tx, { institutionId, kind, type: "sms", maskedAddress: "+81******00", locale: "en", payload }),
    );
    return "queued";
  } catch (error) {
    if (error instanceof AppError) {
      return error.reason ?? error.code;
    }
    throw error;
  }
}

export async function tally(calls: Promise<string>[]): Promise<Record<string, number>> {
  const answers: Record<string, number> = {};
  for (const answer of await Promise.all(calls)) {
    answers[answer] = (answers[answer] ?? 0) + 1;
  }
  return answers;
}

/** Marks what is queued as gone out, as the worker does. */
export async function sendAll(institutionId: string): Promise<void> {
  const rows = await asAdmin<{ id: string }>(
    "UPDATE message SET state = 'sent', payload = NULL, finished_at = now() WHERE institution_id = $1 AND state = 'queued' RETURNING id",
    [institutionId],
  );
  const ids = rows.map(({ id }) => id);
  await inInstitution(institutionId, (tx) => countTexts(tx, institutionId, ids));
}

export async function refusalOf(admin: Person, work: Promise<unknown>): Promise<AppError> {
  const error = await work.then(() => null).catch((cause: unknown) => cause);
  expect(error).toBeInstanceOf(AppError);
  await auditExpectedFailure(admin, error as AppError);
  return error as AppError;
}
