import type { DeliveryReason } from "@/lib/delivery/result";

/** R49: five of these in a row open the circuit. A server that answered, whatever it said, is none. */
const CIRCUIT_FAULTS: ReadonlySet<string> = new Set([
  "dns_failed",
  "refused_by_policy",
  "connect_failed",
  "tls_failed",
  "auth_failed",
  "timeout",
] satisfies DeliveryReason[]);

/** Whether it speaks about the way to the server, not about the message. */
export function isCircuitFault(reason: string): boolean {
  return CIRCUIT_FAULTS.has(reason);
}

/** Whether another way out would have served the message better. */
export function isSenderFault(reason: string): boolean {
  return CIRCUIT_FAULTS.has(reason) || reason === ("sender_rejected" satisfies DeliveryReason);
}
