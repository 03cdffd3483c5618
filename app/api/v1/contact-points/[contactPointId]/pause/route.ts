import { defineRoute, operation, withParams } from "@/lib/http/define-route";
import { ContactPoint } from "@/lib/http/native-schemas/contact-points";
import { PauseInput, pauseContactPoint } from "@/lib/services/contact-points/pause";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  PUT: operation({
    summary: "Pause a contact point",
    body: PauseInput.omit({ contactPointId: true }),
    answer: ContactPoint,
    handle: (ctx, call) => pauseContactPoint(ctx, withParams(call)),
  }),
  DELETE: operation({
    summary: "End a pause",
    answer: ContactPoint,
    handle: (ctx, { params }) => pauseContactPoint(ctx, { ...params, until: "resume" }),
  }),
});
