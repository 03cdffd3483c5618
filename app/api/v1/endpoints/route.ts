import { defineRoute, operation } from "@/lib/http/define-route";
import { NewEndpoint } from "@/lib/http/native-schemas/bodies";
import { page } from "@/lib/http/native-schemas/common";
import { Endpoint } from "@/lib/http/native-schemas/programs";
import { createEndpoint } from "@/lib/services/endpoints/create";
import { ListEndpointsInput, listEndpoints } from "@/lib/services/endpoints/list";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({
    summary: "List endpoints",
    answer: page(Endpoint),
    query: ListEndpointsInput,
    handle: (ctx, { query }) => listEndpoints(ctx, query),
  }),
  POST: operation({
    summary: "Add an address inside a provider's workspace",
    body: NewEndpoint,
    answer: Endpoint,
    status: 201,
    handle: (ctx, { body }) => createEndpoint(ctx, body),
  }),
});
