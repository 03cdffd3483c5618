import type { Context, MemberActor } from "@/lib/auth/actor";
import type { DiagnosisEvent, DiagnosisResult } from "@/lib/channels/diagnosis";
import type { ProviderType } from "@/lib/channels/providers/define";
import { AppError } from "@/lib/core/errors";
import { logger } from "@/lib/core/logger";
import type { Prisma } from "@/lib/db/generated/client";
import { inInstitution } from "@/lib/db/unit-of-work";
import { env } from "@/lib/env";
import { audit } from "@/lib/services/audit/record";
import { freeSlot, type Slot, takeSlot } from "@/lib/services/limits/slots";
import { healSender } from "@/lib/services/senders/heal";

/** What a diagnosis looks at. */
export interface Check {
  provider: ProviderType;
  /** With its secrets. */
  config: Record<string, unknown>;
  from: string | null;
  /** The person's own verified address, or null: then the ladder ends before a recipient is named. */
  to: string | null;
  send: boolean;
  /** The sender that is looked at, edited or not. */
  senderId: string | null;
  /** The revision that stands there, where nothing of it was edited: its result is kept. */
  savedRevision: number | null;
}

/** A crashed process gives its place back after this time; no diagnosis lasts as long (R48). */
const LONGEST_SEC = 150;

/** R32: one a minute a sender, few an hour, two at once. Throws, or returns the place that the run holds. */
export async function takeTurn(institutionId: string, senderId: string | null): Promise<Slot> {
  const limits = env().limits;
  const taken: Slot[] = [];
  const take = async (key: string, rate: { max: number; windowSec: number }, reason: string) => {
    const slot = await takeSlot(key, rate);
    if (typeof slot !== "number") {
      taken.push(slot);
      return slot;
    }
    // what was refused has not been used
    for (const earlier of taken) await freeSlot(earlier);
    throw new AppError("rate_limited", { reason, retryAfterSec: slot });
  };
  if (senderId) {
    await take(`diagnosis:sender:${senderId}`, limits.diagnosesPerSender, "diagnosisTooSoon");
  }
  await take(`diagnosis:institution:${institutionId}`, limits.diagnosesPerInstitution, "diagnosesPerInstitution");
  return take(`diagnosis:running:${institutionId}`, { max: limits.diagnosesAtOnce, windowSec: LONGEST_SEC }, "diagnosesAtOnce");
}

/** Climbs the ladder outside any transaction; what came of it is kept and audited before its last line is told. */
export async function* climb(
  ctx: Context,
  actor: MemberActor,
  check: Check,
  turn: Slot,
  signal?: AbortSignal,
): AsyncGenerator<DiagnosisEvent, void> {
  const { provider, config, from, to, send } = check;
  const deadline = AbortSignal.timeout(LONGEST_SEC * 1000);
  let told = false;
  try {
    const events = provider.check(config, {
      reach: env().reach,
      ...(from === null ? {} : { from }),
      ...(to === null ? {} : { to }),
      ...(send && to !== null ? { send } : {}),
      signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
    });
    for await (const event of events) {
      if (event.type === "result" && !signal?.aborted) {
        told = true;
        await keep(ctx, actor, check, event.result);
      }
      yield event;
    }
  } finally {
    if (!told) {
      await keep(ctx, actor, check, null).catch((error) => logger.error({ err: error }, "a diagnosis that broke off could not be audited"));
    }
    await freeSlot(turn);
  }
}

async function keep(ctx: Context, { institutionId }: MemberActor, check: Check, result: DiagnosisResult | null): Promise<void> {
  const { senderId, savedRevision, provider } = check;
  await inInstitution(institutionId, async (tx) => {
    const object = { type: "sender", id: senderId };
    await audit(tx, institutionId, ctx, {
      action: "sender.tested",
      object,
      outcome: result?.verdict === "ok" ? "success" : "failed",
      after: {
        provider: provider.id,
        verdict: result?.verdict ?? "aborted",
        problem: result?.problem ?? null,
        saved: savedRevision !== null,
      },
    });
    if (!result || !senderId || savedRevision === null) {
      return;
    }
    const where = { institutionId, id: senderId, revision: savedRevision };
    const diagnosis = result as unknown as Prisma.InputJsonObject;
    await tx.sender.updateMany({ where, data: { diagnosis, diagnosedAt: new Date(), diagnosedRevision: savedRevision } });
    if (result.verdict === "ok") {
      await healSender(tx, ctx, institutionId, senderId);
    }
  });
}
