import { withSecretKey } from "@/lib/auth/credentials/actor-of-key";
import { AppError } from "@/lib/core/errors";
import { describeInDetail } from "@/lib/http/detail-answer";
import type { Dialect } from "@/lib/http/program-answer";

/** Closient's API of a user's notification channels: each key is one person's, and so is every row that it sees. */
export const closient: Dialect = {
  name: "closient",
  authenticate: async (request, ctx, access) => {
    const known = await withSecretKey(ctx, request.headers.get("x-api-key"), access);
    if (known.actor.type !== "member") {
      throw new AppError("forbidden", { reason: "personOnly" });
    }
    // an admin sees more elsewhere; here nobody does
    return { ...known, actor: { ...known.actor, role: "member" } };
  },
  describe: (error, { ctx, request }) =>
    describeInDetail(error, { ctx, request, names: { type: "channel_type" }, ...(isOfUnknownType(error) ? { status: 400 } : {}) }),
};

/** The vendor looks at the type before anything else, and answers 400 for one that it does not know. */
function isOfUnknownType({ code, fields = [] }: AppError): boolean {
  return code === "validation" && fields.some(({ path, code: problem }) => path === "channel_type" && problem === "invalid");
}
