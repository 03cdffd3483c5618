import { withSecretKey } from "@/lib/auth/credentials/actor-of-key";
import { AppError } from "@/lib/core/errors";
import { NAMES } from "@/lib/dialects/votel/to-domain";
import { describeInDetail } from "@/lib/http/detail-answer";
import type { Dialect } from "@/lib/http/program-answer";

/** Votel's API of a tenant's communication channels: each key is an institution's own. */
export const votel: Dialect = {
  name: "votel",
  authenticate: async (request, ctx, access) => {
    const known = await withSecretKey(ctx, request.headers.get("x-api-key"), access);
    if (known.actor.type !== "institution") {
      throw new AppError("forbidden", { reason: "institutionOnly" });
    }
    return known;
  },
  describe: async (error, { ctx, request }) => {
    const answer = await describeInDetail(error, { ctx, request, names: NAMES });
    // where the channel is that the number has already
    return error.reason === "numberHasSender" ? { ...answer, headers: { location: `/api/channels/${error.params?.["id"]}` } } : answer;
  },
};
