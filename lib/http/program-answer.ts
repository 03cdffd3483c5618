import type { Context } from "@/lib/auth/actor";
import type { Access } from "@/lib/auth/scopes";
import type { AppError } from "@/lib/core/errors";

export type DialectName = "native" | "closient" | "slaunchx" | "votel" | "novu" | "notiflows";

/** What an operation answers: its body goes out as JSON, and none goes out as none. */
export interface Answer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

/** One public API: how its clients say who they are, and how it says what went wrong. */
export interface Dialect {
  name: DialectName;
  /** Who sends it. Throws `unauthenticated`; a public key without a person behind it grants nothing. */
  authenticate: (request: Request, ctx: Context, access: Access) => Promise<Context>;
  /** An expected failure in this API's own shape, status included. Nothing of the cause is in it (R55). */
  describe: (error: AppError, about: { ctx: Context; request: Request }) => Promise<Answer>;
  /** Open to pages of other origins: their own credentials come in headers, never in cookies. */
  cors?: { requestHeaders: readonly string[] };
}
