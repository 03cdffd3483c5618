import { defineRoute, operation, withParams } from "@/lib/http/define-route";
import { ChangedEndpoint } from "@/lib/http/native-schemas/bodies";
import { Endpoint } from "@/lib/http/native-schemas/programs";
import { deleteEndpoint } from "@/lib/services/endpoints/delete";
import { getEndpoint } from "@/lib/services/endpoints/get";
import { updateEndpoint } from "@/lib/services/endpoints/update";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({ summary: "Retrieve an endpoint", answer: Endpoint, handle: (ctx, { params }) => getEndpoint(ctx, params) }),
  PATCH: operation({
    summary: "Replace what an endpoint consists of",
    body: ChangedEndpoint,
    answer: Endpoint,
    handle: (ctx, call) => updateEndpoint(ctx, withParams(call)),
  }),
  DELETE: operation({ summary: "Delete an endpoint", answer: null, handle: (ctx, { params }) => deleteEndpoint(ctx, params) }),
});
