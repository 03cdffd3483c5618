import { defineRoute, operation, withParams } from "@/lib/http/define-route";
import { Nothing } from "@/lib/http/native-schemas/bodies";
import { ContactPoint } from "@/lib/http/native-schemas/contact-points";
import { restoreContactPoint } from "@/lib/services/contact-points/restore";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  POST: operation({
    summary: "Take back a deletion, for as long as that can be done",
    body: Nothing,
    answer: ContactPoint,
    handle: (ctx, call) => restoreContactPoint(ctx, withParams(call)),
  }),
});
