import { defineRoute, operation } from "@/lib/http/define-route";
import { Institution } from "@/lib/http/native-schemas/people";
import { createInstitution } from "@/lib/services/institution/create-institution";
import { InstitutionFields } from "@/lib/services/people/institution-fields";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  POST: operation({
    summary: "Make another institution, as an owner in person; keys for it are made in it",
    body: InstitutionFields,
    answer: Institution,
    status: 201,
    handle: (ctx, { body }) => createInstitution(ctx, body),
  }),
});
