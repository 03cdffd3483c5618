import type { DiagnosisStep } from "@/lib/channels/diagnosis";

export type Found = NonNullable<DiagnosisStep["problem"]>;
export type Facts = Record<string, string>;

/** What a rung has to show beside its result. */
export interface Shown {
  facts?: Facts;
  reply?: string;
}

/** A rung that did not hold: the ladder ends here. */
export class RungFailure extends Error {
  constructor(
    readonly found: Found,
    readonly shown: Shown = {},
  ) {
    super(found.code);
  }
}
