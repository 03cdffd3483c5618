import { defineRoute, operation, withParams } from "@/lib/http/define-route";
import { NewAddress } from "@/lib/http/native-schemas/bodies";
import { ContactPoint } from "@/lib/http/native-schemas/contact-points";
import { abandonChange } from "@/lib/services/contact-points/abandon-change";
import { changeAddress } from "@/lib/services/contact-points/change-address";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  PUT: operation({
    summary: "Start a change of address; the new one has to be proven",
    body: NewAddress,
    answer: ContactPoint,
    status: 202,
    handle: (ctx, call) => changeAddress(ctx, withParams(call)),
  }),
  DELETE: operation({
    summary: "Give up a change of address",
    answer: ContactPoint,
    handle: (ctx, { params }) => abandonChange(ctx, params),
  }),
});
