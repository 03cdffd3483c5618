/** A reason to stop that is told in one sentence, without a stack. */
export class Stop extends Error {}

export function sentence(error: unknown): string {
  if (error instanceof Stop) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
