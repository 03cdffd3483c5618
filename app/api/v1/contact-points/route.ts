import { defineRoute, operation } from "@/lib/http/define-route";
import { createContactPoint } from "@/lib/services/contact-points/create";
import { ListContactPointsInput, listContactPoints } from "@/lib/services/contact-points/list";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({ query: ListContactPointsInput, handle: (ctx, { query }) => listContactPoints(ctx, query) }),
  POST: operation({ status: 201, handle: (ctx, { body }) => createContactPoint(ctx, body) }),
});
