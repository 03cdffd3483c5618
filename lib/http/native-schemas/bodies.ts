import { z } from "zod";
import { ENDPOINT_SHAPES, ENDPOINT_TYPES } from "@/lib/channels/endpoint-shapes";
import { CATALOGUE } from "@/lib/channels/providers/catalogue/registry";
import { PROVIDER_TYPES } from "@/lib/channels/providers/registry";
import { CONTACT_POINT_TYPES } from "@/lib/channels/registry";
import { ChangeAddressInput } from "@/lib/services/contact-points/change-address";
import { CreateContactPointInput } from "@/lib/services/contact-points/create";
import { CreateEndpointInput } from "@/lib/services/endpoints/create";
import { UpdateEndpointInput } from "@/lib/services/endpoints/update";
import { CreateIntegrationInput } from "@/lib/services/integrations/create";
import { CreateSenderInput } from "@/lib/services/senders/create";

/** An object without members: whatever there is to say stands in the path. */
export const Nothing = z.strictObject({});

type Several<S> = [S, ...S[]];

/** A contact point of each type, with what that type asks for. */
export const NewContactPoint = z.discriminatedUnion(
  "type",
  CONTACT_POINT_TYPES.map(({ id, config }) =>
    CreateContactPointInput.extend({ type: z.literal(id), config }),
  ) as unknown as Several<z.ZodObject>,
);

export const NewAddress = ChangeAddressInput.omit({ contactPointId: true }).extend({
  config: z.union(CONTACT_POINT_TYPES.map(({ config }) => config) as Several<z.ZodObject>),
});

export const NewEndpoint = z.discriminatedUnion(
  "type",
  ENDPOINT_TYPES.map((type) =>
    CreateEndpointInput.extend({ type: z.literal(type), endpoint: ENDPOINT_SHAPES[type] }),
  ) as unknown as Several<z.ZodObject>,
);

export const ChangedEndpoint = UpdateEndpointInput.omit({ endpointId: true, identifier: true }).extend({
  endpoint: z.union(Object.values(ENDPOINT_SHAPES) as unknown as Several<z.ZodObject>),
});

const FORMS = [
  ...CATALOGUE.map(({ id, form }) => ({ id, config: form.config })),
  ...PROVIDER_TYPES.filter((type) => CATALOGUE.every(({ id }) => id !== type.id)).map(({ id, config }) => ({ id, config })),
];

/** An account with each provider, with what that provider asks for. */
export const NewIntegration = z.discriminatedUnion(
  "provider",
  FORMS.map(({ id, config }) => CreateIntegrationInput.extend({ provider: z.literal(id), config })) as unknown as Several<z.ZodObject>,
);

const onNewAccount = CreateSenderInput.omit({ integrationId: true });

/** A sender on an account that is there, or on a new one with a provider. */
export const NewSender = z.union([
  CreateSenderInput.omit({ provider: true, config: true, integrationName: true }).required({ integrationId: true }),
  ...(PROVIDER_TYPES.map(({ id, config }) => onNewAccount.extend({ provider: z.literal(id), config })) as z.ZodObject[]),
]);
