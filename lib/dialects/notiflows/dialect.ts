import type { Context, Credential } from "@/lib/auth/actor";
import { findKey } from "@/lib/auth/credentials/find-key";
import { verifyUserToken } from "@/lib/auth/credentials/user-token";
import type { Access } from "@/lib/auth/scopes";
import { AppError } from "@/lib/core/errors";
import { checkSingleLine } from "@/lib/core/safe-text";
import { describe } from "@/lib/dialects/notiflows/errors";
import { env } from "@/lib/env";
import type { Dialect } from "@/lib/http/program-answer";

const EXTERNAL_ID_MAX = 255;

/** Notiflows' API for the users of an institution's own application: a public key says whose, a signed token says who. */
export const notiflows: Dialect = {
  name: "notiflows",
  authenticate,
  describe,
  cors: {
    get requestHeaders() {
      // the star: what a page's own tools add, such as tracing, is looked at by nobody here and must not stop its requests
      return ["*", "authorization", "content-type", "idempotency-key", "x-notiflows-api-key", "x-notiflows-user-key", ...userIdHeader()];
    },
  },
};

async function authenticate(request: Request, ctx: Context, access: Access): Promise<Context> {
  const presented = request.headers.get("x-notiflows-api-key");
  const holder = presented === null ? null : await findKey(presented);
  // a secret key has no business in a browser: it is not taken, so that nobody gets used to it
  if (holder?.kind !== "public") {
    throw new AppError("unauthenticated", { reason: presented === null ? "keyMissing" : "keyUnknown" });
  }
  const { id, institutionId, scopes } = holder;
  const { externalId, ...signed } = await userOf(request, institutionId);
  const credential: Credential = { id, kind: "public_key", scopes, access, ...signed };
  return { ...ctx, actor: { type: "subscriber", institutionId, externalId, credential } };
}

async function userOf(request: Request, institutionId: string): Promise<{ externalId: string; signingKeyId?: string }> {
  const token = request.headers.get("x-notiflows-user-key");
  if (token !== null) {
    return verifyUserToken(institutionId, token);
  }
  for (const name of userIdHeader()) {
    const claimed = request.headers.get(name);
    const checked = claimed === null ? null : checkSingleLine(claimed, { max: EXTERNAL_ID_MAX });
    if (checked?.ok && checked.value === claimed) {
      return { externalId: claimed };
    }
  }
  throw new AppError("unauthenticated", { reason: "userTokenMissing" });
}

/** R52: whoever sends it is taken at their word, for development alone; a build for production cannot be told to. */
function userIdHeader(): string[] {
  return env().trustUserIdHeader ? ["x-notiflows-user-id"] : [];
}
