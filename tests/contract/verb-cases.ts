import type { Context } from "@/lib/auth/actor";
import { CONTACT_POINTS } from "./verb-cases/contact-points";
import { PEOPLE } from "./verb-cases/people";
import { PROGRAMS } from "./verb-cases/programs";
import { SENDERS } from "./verb-cases/senders";

export type { VerbCase } from "./verb-cases/case";

export const VERB_CASES = { ...PEOPLE, ...CONTACT_POINTS, ...SENDERS, ...PROGRAMS };

/** What the ways in take from the services beside verbs: reads that show nothing of anybody's, or only to a token. */
export const NO_VERBS = new Set([
  "lib/services/verifications/link.ts#readLink",
  "lib/services/health/check-readiness.ts#checkReadiness",
  "lib/services/catcher/list.ts#isCaughtId",
]);

export type Verb = (ctx: Context, given: unknown) => unknown;
