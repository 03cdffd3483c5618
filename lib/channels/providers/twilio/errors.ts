import type { DeliveryFailure } from "@/lib/delivery/result";
import { judgeStatus } from "@/lib/delivery/text";

type Verdict = Pick<DeliveryFailure, "outcome" | "reason">;

const REFUSED = (reason: DeliveryFailure["reason"]): Verdict => ({ outcome: "refused", reason });
const LATER: Verdict = { outcome: "temporary", reason: "temporary" };

/** Twilio's error codes, where they say more than the status does. Only a number that takes no texts is the recipient's own fault. */
const BY_CODE = new Map<number, Verdict>([
  [20003, REFUSED("auth_failed")],
  [20005, REFUSED("auth_failed")],
  [30002, REFUSED("auth_failed")],
  [20429, LATER],
  [21611, LATER],
  [14107, LATER],
  [30001, LATER],
  [21211, REFUSED("recipient_rejected")],
  [21614, REFUSED("recipient_rejected")],
  [30005, REFUSED("recipient_rejected")],
  [30006, REFUSED("recipient_rejected")],
  [21212, REFUSED("sender_rejected")],
  [21601, REFUSED("sender_rejected")],
  [21603, REFUSED("sender_rejected")],
  [21606, REFUSED("sender_rejected")],
  [21659, REFUSED("sender_rejected")],
  [21660, REFUSED("sender_rejected")],
  [21661, REFUSED("sender_rejected")],
]);

export function judgeTwilio(status: number, code: number | undefined): DeliveryFailure {
  const known = code === undefined || status < 400 || status >= 500 ? undefined : BY_CODE.get(code);
  return { ...(known ?? judgeStatus(status)), httpStatus: status };
}
