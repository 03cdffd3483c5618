import type { DeliveryFailure } from "@/lib/delivery/result";

/** Ends a send from within the mail library: what came of it is already known. */
export class DeliveryError extends Error {
  constructor(readonly failure: DeliveryFailure) {
    super(failure.reason);
  }
}
