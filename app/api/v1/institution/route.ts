import { defineRoute, operation } from "@/lib/http/define-route";
import { Institution } from "@/lib/http/native-schemas/people";
import { getInstitution } from "@/lib/services/institution/get-institution";
import { updateInstitution } from "@/lib/services/institution/update-institution";
import { InstitutionFields } from "@/lib/services/people/institution-fields";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({ summary: "Retrieve the institution", answer: Institution, handle: (ctx) => getInstitution(ctx) }),
  PUT: operation({
    summary: "Change the institution's name, country and languages",
    body: InstitutionFields,
    answer: Institution,
    handle: async (ctx, { body }) => {
      await updateInstitution(ctx, body);
      return getInstitution(ctx);
    },
  }),
});
