import { withSecretKey } from "@/lib/auth/credentials/actor-of-key";
import type { AppError } from "@/lib/core/errors";
import { problem } from "@/lib/http/problem";
import type { Answer, Dialect } from "@/lib/http/program-answer";

const BEARER = /^Bearer +(.+)$/i;

/** The key that a request came with instead of a session: `X-API-Key: sk_…` or `Authorization: Bearer sk_…`. */
export function presentedKey(headers: Headers): string | null {
  return headers.get("x-api-key") ?? BEARER.exec(headers.get("authorization") ?? "")?.[1] ?? null;
}

/** `/api/v1`, as programs use it. */
export const native: Dialect = {
  name: "native",
  authenticate: (request, ctx, access) => withSecretKey(ctx, presentedKey(request.headers), access),
  describe: async (error: AppError, { ctx }): Promise<Answer> => {
    const response = await problem(error, ctx);
    const challenge = error.code === "unauthenticated" ? { "www-authenticate": "Bearer" } : {};
    return { status: response.status, body: await response.json(), headers: { ...Object.fromEntries(response.headers), ...challenge } };
  },
};
