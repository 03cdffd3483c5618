import { defineRoute, operation, withParams } from "@/lib/http/define-route";
import { ContactPoint, DeletedContactPoint } from "@/lib/http/native-schemas/contact-points";
import { deleteContactPoint } from "@/lib/services/contact-points/delete";
import { getContactPoint } from "@/lib/services/contact-points/get";
import { UpdateContactPointInput, updateContactPoint } from "@/lib/services/contact-points/update";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({ summary: "Retrieve a contact point", answer: ContactPoint, handle: (ctx, { params }) => getContactPoint(ctx, params) }),
  PATCH: operation({
    summary: "Rename a contact point, or switch it on or off",
    body: UpdateContactPointInput.omit({ contactPointId: true }),
    answer: ContactPoint,
    handle: (ctx, call) => updateContactPoint(ctx, withParams(call)),
  }),
  DELETE: operation({
    summary: "Delete a contact point",
    answer: DeletedContactPoint,
    handle: (ctx, { params }) => deleteContactPoint(ctx, params),
  }),
});
