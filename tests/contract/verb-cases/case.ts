import type { Permission } from "@/lib/auth/permissions";
import type { ErrorCode } from "@/lib/core/errors";
import type { Ids } from "@/tests/support/two-institutions";

/** One call of a verb, as somebody who knows these ids could make it. */
export interface VerbCase {
  /** `member`: anybody in an institution · `signed-in`: anybody with an account · `subscriber`: a user of an institution's application · `nothing`: open, or the token is the permission. */
  needs: Permission | "member" | "signed-in" | "subscriber" | "nothing";
  given?: (ids: Ids) => unknown;
  /** The same answer to another institution's ids and to unknown ones. Without it the call names nothing of anybody's. */
  foreign?: ErrorCode | "empty";
  /** To a plain member of the same institution who names what is the owner's. */
  plain?: ErrorCode | "fine";
}

/** Takes a context first and is no verb: what it does was permitted by the verb that calls it. */
export interface Helper {
  helper: true;
}

export type Cases = Record<string, VerbCase | VerbCase[] | Helper>;

export const own = (given: (ids: Ids) => unknown): VerbCase => ({
  needs: "contact_point:own",
  given,
  foreign: "not_found",
  plain: "not_found",
});
export const point = (more: object = {}) => own(({ contactPointId }) => ({ contactPointId, ...more }));
export const open: VerbCase = { needs: "nothing" };
export const helper: Helper = { helper: true };
