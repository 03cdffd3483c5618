import { defineRoute, operation } from "@/lib/http/define-route";
import { Message } from "@/lib/http/native-schemas/contact-points";
import { getMessage } from "@/lib/services/messages/get";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({ summary: "Retrieve where a message stands", answer: Message, handle: (ctx, { params }) => getMessage(ctx, params) }),
});
