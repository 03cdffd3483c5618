import { defineRoute, operation, withParams } from "@/lib/http/define-route";
import { pauseContactPoint } from "@/lib/services/contact-points/pause";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  PUT: operation({ handle: (ctx, call) => pauseContactPoint(ctx, withParams(call)) }),
  DELETE: operation({ handle: (ctx, { params }) => pauseContactPoint(ctx, { ...params, until: "resume" }) }),
});
