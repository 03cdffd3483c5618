import { z } from "zod";
import { defineRoute, operation, withParams } from "@/lib/http/define-route";
import { DeletedSender, SenderDetail } from "@/lib/http/native-schemas/senders";
import { deleteSender } from "@/lib/services/senders/delete";
import { getSender } from "@/lib/services/senders/get";
import { UpdateSenderInput, updateSender } from "@/lib/services/senders/update";

const DeletionQuery = z.strictObject({
  keepNumber: z
    .enum(["true", "false"])
    .transform((text) => text === "true")
    .default(false)
    .meta({ description: "true: its phone number stays, without a sender." }),
});

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({ summary: "Retrieve a sender", answer: SenderDetail, handle: (ctx, { params }) => getSender(ctx, params) }),
  PATCH: operation({
    summary: "Change a sender; what matters has to be proven anew",
    body: UpdateSenderInput.omit({ senderId: true }),
    answer: SenderDetail,
    handle: (ctx, call) => updateSender(ctx, withParams(call)),
  }),
  DELETE: operation({
    summary: "Delete a sender",
    query: DeletionQuery,
    answer: DeletedSender,
    handle: (ctx, { params, query }) => deleteSender(ctx, { ...query, ...params }),
  }),
});
