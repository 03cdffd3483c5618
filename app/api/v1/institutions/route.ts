import { defineRoute, operation } from "@/lib/http/define-route";
import { Made } from "@/lib/http/native-schemas/common";
import { createInstitution } from "@/lib/services/institution/create-institution";
import { InstitutionFields } from "@/lib/services/people/institution-fields";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  POST: operation({
    summary: "Make another institution, owned by you",
    status: 201,
    body: InstitutionFields,
    answer: Made,
    handle: (ctx, { body }) => createInstitution(ctx, body),
  }),
});
