import { defineRoute, operation, withParams } from "@/lib/http/define-route";
import { Subscriber } from "@/lib/http/native-schemas/people";
import { deleteSubscriber } from "@/lib/services/subscribers/delete";
import { getSubscriber } from "@/lib/services/subscribers/get";
import { UpdateSubscriberInput, updateSubscriber } from "@/lib/services/subscribers/update";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({ summary: "Retrieve a subscriber", answer: Subscriber, handle: (ctx, { params }) => getSubscriber(ctx, params) }),
  PATCH: operation({
    summary: "Change a subscriber",
    body: UpdateSubscriberInput.omit({ subscriberId: true }),
    answer: Subscriber,
    handle: (ctx, call) => updateSubscriber(ctx, withParams(call)),
  }),
  DELETE: operation({
    summary: "Delete a subscriber and all that is theirs",
    answer: null,
    handle: (ctx, { params }) => deleteSubscriber(ctx, params),
  }),
});
