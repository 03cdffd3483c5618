import { z } from "zod";
import { SCOPES } from "@/lib/auth/scopes";
import { ENDPOINT_TYPES } from "@/lib/channels/endpoint-shapes";
import { CHANNELS } from "@/lib/channels/providers/catalogue/define";
import { id, instant, named, values } from "@/lib/http/native-schemas/common";
import type { AccessTokenDto } from "@/lib/services/access-tokens/dto";
import type { ApiRequestDto } from "@/lib/services/api-requests/internal";
import type { ConnectionDto } from "@/lib/services/connections/dto";
import type { EndpointDto } from "@/lib/services/endpoints/dto";
import { CREDENTIAL_STATES, type KeyDto } from "@/lib/services/keys/dto";
import type { KeyDetailDto } from "@/lib/services/keys/get";
import type { MadeDto } from "@/lib/services/keys/lineage";
import type { SigningKeyDto } from "@/lib/services/signing-keys/dto";
import type { SubscriptionDto } from "@/lib/services/subscriptions/dto";

export const Key = z.object({
  id,
  kind: z.enum(["secret", "public"]),
  name: z.string(),
  hint: z.string().meta({ description: "Its first and last characters." }),
  person: named.nullable().meta({ description: "The person it acts as; null: the institution." }),
  scopes: z.array(z.enum(SCOPES)),
  state: z.enum(CREDENTIAL_STATES),
  createdAt: instant,
  createdBy: z.string().nullable(),
  makerLeft: z.boolean().meta({ description: "Who made it is no member any more, and may have kept it." }),
  madeWith: named.nullable().meta({ description: "The key that a program made it with, and with which it ends." }),
  expiresAt: instant,
  lastUsedAt: instant.nullable(),
  revokedAt: instant.nullable(),
}) satisfies z.ZodType<KeyDto>;

const made = z.object({ type: z.enum(["api_key", "signing_key"]), id, name: z.string() }) satisfies z.ZodType<MadeDto>;

export const KeyDetail = Key.extend({
  made: z.array(made).meta({ description: "What was made with it and is still valid. The API keys among them end with it." }),
}) satisfies z.ZodType<KeyDetailDto>;

export const NewKey = Key.extend({ key: z.string().meta({ description: "The key itself. It is shown this once." }) });

export const ApiRequest = z.object({
  id,
  at: instant,
  dialect: z.string(),
  method: z.string(),
  route: z.string(),
  status: z.int(),
  ms: z.int(),
  requestId: z.string(),
  error: z.string().nullable(),
}) satisfies z.ZodType<ApiRequestDto>;

export const SigningKey = z.object({
  id,
  name: z.string(),
  kid: z.string(),
  publicKey: z.string(),
  origin: z.enum(["generated", "uploaded"]),
  state: z.enum(["live", "revoked"]),
  createdAt: instant,
  createdBy: z.string().nullable(),
  makerLeft: z.boolean().meta({ description: "Who made it is no member any more, and may have kept the private half." }),
  madeWith: named.nullable().meta({ description: "The API key that a program made it with." }),
  lastUsedAt: instant.nullable(),
  revokedAt: instant.nullable(),
}) satisfies z.ZodType<SigningKeyDto>;

export const NewSigningKey = SigningKey.extend({
  privateKey: z.string().nullable().meta({ description: "PEM, shown this once; null where the public half was uploaded." }),
});

export const AccessToken = z.object({
  id,
  name: z.string(),
  person: named,
  state: z.enum(CREDENTIAL_STATES),
  createdAt: instant,
  expiresAt: instant,
  lastUsedAt: instant.nullable(),
  revokedAt: instant.nullable(),
}) satisfies z.ZodType<AccessTokenDto>;

/** One by itself, with what the API that it is for asks for besides. */
export const AccessTokenAlone = AccessToken.extend({
  institutionBizId: z.string().meta({ description: "How clients of SlaunchX' API name the institution that the token acts in." }),
});

export const NewAccessToken = AccessTokenAlone.extend({
  token: z.string().meta({ description: "The token itself. It is shown this once." }),
});

const integration = z.object({ id, identifier: z.string(), name: z.string() });
const subscriber = z.object({ id, externalId: z.string(), name: z.string().nullable() });
const workspace = z.object({ id: z.string(), name: z.string().nullable() });

export const Connection = z.object({
  id,
  identifier: z.string(),
  channel: z.enum(CHANNELS),
  provider: z.string(),
  providerId: z.string().nullable(),
  integration,
  subscriber: subscriber.nullable(),
  mode: z.enum(["subscriber", "shared"]),
  contextKeys: z.array(z.string()),
  workspace,
  secretsSetAt: instant,
  expiresAt: instant.nullable(),
  refreshExpiresAt: instant.nullable(),
  checkedAt: instant.nullable(),
  checkResult: z.enum(["ok", "refused", "unreachable"]).nullable(),
  endpoints: z.int(),
  createdAt: instant,
  updatedAt: instant,
}) satisfies z.ZodType<ConnectionDto>;

export const Endpoint = z.object({
  id,
  identifier: z.string(),
  channel: z.enum(CHANNELS),
  provider: z.string(),
  providerId: z.string().nullable(),
  integration,
  connection: z.object({ id, identifier: z.string(), workspace }).nullable(),
  subscriber: subscriber.nullable(),
  contextKeys: z.array(z.string()),
  type: z.enum(ENDPOINT_TYPES),
  endpoint: z.record(z.string(), z.string()),
  createdAt: instant,
  updatedAt: instant,
}) satisfies z.ZodType<EndpointDto>;

export const Subscription = z.object({
  id,
  sender: z.object({ id, name: z.string(), type: z.string() }),
  subscriber,
  identifier: z.string().meta({ description: "Masked: whoever knows it can send there." }),
  settings: values,
  enabled: z.boolean().meta({ description: "False: the same address turned up under another person since." }),
  disabledAt: instant.nullable(),
  createdAt: instant,
  updatedAt: instant,
}) satisfies z.ZodType<SubscriptionDto>;
