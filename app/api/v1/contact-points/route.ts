import { defineRoute, operation } from "@/lib/http/define-route";
import { NewContactPoint } from "@/lib/http/native-schemas/bodies";
import { page } from "@/lib/http/native-schemas/common";
import { ContactPoint } from "@/lib/http/native-schemas/contact-points";
import { createContactPoint } from "@/lib/services/contact-points/create";
import { ListContactPointsInput, listContactPoints } from "@/lib/services/contact-points/list";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({
    summary: "List a subscriber's contact points",
    answer: page(ContactPoint),
    query: ListContactPointsInput,
    handle: (ctx, { query }) => listContactPoints(ctx, query),
  }),
  POST: operation({
    summary: "Add a contact point, unverified",
    body: NewContactPoint,
    answer: ContactPoint,
    status: 201,
    handle: (ctx, { body }) => createContactPoint(ctx, body),
  }),
});
