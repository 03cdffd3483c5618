import type { Payload } from "@/lib/delivery/payload";
import type { Job } from "@/lib/delivery/queue";
import type { DueMessage } from "@/lib/services/messages/due";
import type { Verdict } from "@/lib/services/messages/judge";
import type { Route } from "@/lib/services/messages/route";

type End = { state: "expired" | "cancelled" | "unknown" | "suppressed" | "refused"; reason: string | null };
/** `reason` and `senderId` tell the person what it waits for. */
type Wait = { act: "wait"; sec: number; reason?: "sender_waiting" | "sender_busy"; senderId?: string };

export type Decision =
  | Exclude<Verdict, { act: "end" } | { act: "wait" } | { act: "send" }>
  | { act: "send"; route: Route | null }
  | ({ act: "end" } & End)
  | Wait;

export interface Decided {
  job: Job;
  message: DueMessage | undefined;
  payload: Payload | null;
  decision: Decision;
}

export type Wanted = Decided & { message: DueMessage; payload: Payload; decision: { act: "send"; route: Route | null } };

/** Those of which nothing is known yet that speaks against them. */
export function wanted(decided: readonly Decided[]): Wanted[] {
  return decided.filter((entry): entry is Wanted => entry.decision.act === "send");
}

export function put(entry: { decision: Decision }, decision: Decision): void {
  entry.decision = decision;
}
