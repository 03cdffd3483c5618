import type { Caller, Context } from "@/lib/auth/actor";
import type { DiagnosisEvent, DiagnosisResult } from "@/lib/channels/diagnosis";
import type { ProviderType, SecretKeeper } from "@/lib/channels/providers/define";
import { AppError } from "@/lib/core/errors";
import { logger } from "@/lib/core/logger";
import type { Prisma } from "@/lib/db/generated/client";
import { endHeldUnit, inInstitution } from "@/lib/db/unit-of-work";
import { env } from "@/lib/env";
import { audit } from "@/lib/services/audit/record";
import { freeSlot, type Slot, takeSlot } from "@/lib/services/limits/slots";
import { admitTestText } from "@/lib/services/senders/admit-test-text";
import { healSender } from "@/lib/services/senders/heal";
import { type CountedTest, uncountTest } from "@/lib/services/sms-spending/count-test";

/** What a diagnosis looks at. */
export interface Check {
  provider: ProviderType;
  /** With its secrets. */
  config: Record<string, unknown>;
  from: string | null;
  /** The person's own verified address, or null: then the ladder ends before a recipient is named. */
  to: string | null;
  send: boolean;
  /** For what is stored of it. */
  keeper: SecretKeeper | null;
  /** The sender that is looked at, edited or not. */
  senderId: string | null;
  /** The revision that stands there, where nothing of it was edited: its result is kept. */
  savedRevision: number | null;
}

/** A crashed process gives its place back after this time; no diagnosis lasts as long (R48). */
const LONGEST_SEC = 150;

/** What a run holds while it lasts. */
interface Turn {
  running: Slot;
  /** The text that it is about to send, where it sends one. */
  text: CountedTest | null;
}

/** R32: one a minute a sender, few an hour, two at once; a text only within its institution's limits. What is refused is thrown. */
export async function takeTurn(actor: Caller, check: Pick<Check, "provider" | "send" | "from" | "to" | "senderId">): Promise<Turn> {
  const { institutionId } = actor;
  const { provider, send, from, to, senderId } = check;
  const limits = env().limits;
  const taken: Slot[] = [];
  const take = async (key: string, rate: { max: number; windowSec: number }, reason: string) => {
    const slot = await takeSlot(key, rate);
    if (typeof slot === "number") {
      throw new AppError("rate_limited", { reason, retryAfterSec: slot });
    }
    taken.push(slot);
    return slot;
  };
  try {
    if (senderId) {
      await take(`diagnosis:sender:${senderId}`, limits.diagnosesPerSender, "diagnosisTooSoon");
    }
    await take(`diagnosis:institution:${institutionId}`, limits.diagnosesPerInstitution, "diagnosesPerInstitution");
    const atOnce = { max: limits.diagnosesAtOnce, windowSec: LONGEST_SEC };
    const running = await take(`diagnosis:running:${institutionId}`, atOnce, "diagnosesAtOnce");
    const text = send && to !== null && provider.channel === "sms" ? await admitTestText(actor, { senderId, from, to }) : null;
    return { running, text };
  } catch (error) {
    // what was refused has not been used
    for (const slot of taken) await freeSlot(slot);
    throw error;
  }
}

/** Climbs the ladder outside any transaction; what came of it is kept and audited before its last line is told. */
export async function* climb(
  ctx: Context,
  actor: Caller,
  check: Check,
  { running, text }: Turn,
  signal?: AbortSignal,
): AsyncGenerator<DiagnosisEvent, void> {
  const { provider, config, from, to, send, keeper } = check;
  const deadline = AbortSignal.timeout(LONGEST_SEC * 1000);
  let told = false;
  let sent = false;
  try {
    await endHeldUnit();
    const events = provider.check(config, {
      reach: env().reach,
      ...(keeper ? { keeper } : {}),
      ...(from === null ? {} : { from }),
      ...(to === null ? {} : { to }),
      ...(send && to !== null ? { send } : {}),
      signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
    });
    for await (const event of events) {
      sent ||= event.type === "start" && event.id === "data";
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
    if (text && !sent) {
      await uncountTest(actor.institutionId, text);
    }
    await freeSlot(running);
  }
}

async function keep(ctx: Context, { institutionId }: Caller, check: Check, result: DiagnosisResult | null): Promise<void> {
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
