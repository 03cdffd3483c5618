import { z } from "zod";
import { ENDPOINT_TYPES } from "@/lib/channels/endpoint-shapes";
import { CHANNELS } from "@/lib/channels/providers/catalogue/define";
import { CATALOGUE } from "@/lib/channels/providers/catalogue/registry";

const providerIds = CATALOGUE.map(({ id }) => id) as [string, ...string[]];
const identifier = z.string().min(1).max(255);
const moment = z.iso.datetime({ offset: true });

/** What may be left out: this API's clients send null for it just as well. */
const maybe = <S extends z.ZodType>(schema: S) => schema.nullish().transform((given) => given ?? undefined);

const context = z
  .record(z.string(), z.union([z.string(), z.object({ id: z.string(), data: z.record(z.string(), z.json()).optional() })]))
  .meta({ description: "1 to 5 contexts by their type, each an id or an id with data", example: { tenant: "org-acme" } });

const Workspace = z.object({
  id: identifier.meta({ example: "T123456" }),
  name: maybe(z.string().min(1).max(255).meta({ example: "Acme HQ" })),
});
const AuthGiven = z.object({
  accessToken: z.string().min(1).max(8192),
  refreshToken: maybe(z.string().min(1).max(8192)),
  expiresAt: maybe(moment),
  refreshTokenExpiresAt: maybe(moment),
});

export const CreateConnectionBody = z.object({
  identifier: maybe(identifier.meta({ example: "slack-prod-user123-abc4" })),
  subscriberId: maybe(identifier.meta({ example: "subscriber-123" })),
  context: maybe(context),
  connectionMode: maybe(z.enum(["subscriber", "shared"])),
  integrationIdentifier: identifier.meta({ example: "slack-prod" }),
  workspace: Workspace,
  auth: AuthGiven,
});

export const UpdateConnectionBody = z.object({ workspace: Workspace, auth: AuthGiven });

/** Judged by its type, whose refusal has a status of its own. */
const endpointGiven = z.json().meta({ description: "As its type has it", example: { channelId: "C123456789" } });

export const CreateEndpointBody = z.object({
  identifier: maybe(identifier),
  subscriberId: identifier,
  context: maybe(context),
  integrationIdentifier: identifier,
  connectionIdentifier: maybe(identifier),
  type: z.enum(ENDPOINT_TYPES),
  endpoint: endpointGiven,
});

export const UpdateEndpointBody = z.object({ endpoint: endpointGiven });

const truth = z.enum(["true", "false"]).transform((text) => text === "true");
const keys = z
  .union([z.string(), z.array(z.string())])
  .transform((given) => [given].flat().filter((key) => key !== ""))
  .pipe(z.array(z.string().max(255)).max(20));

/** A client without a cursor may send an empty one. */
const cursor = z
  .string()
  .max(512)
  .transform((text) => text || undefined)
  .optional();

const list = {
  after: cursor,
  before: cursor,
  limit: z
    .string()
    .regex(/^\d{1,3}$/)
    .transform(Number)
    .pipe(z.number().int().min(1).max(100))
    .optional(),
  orderDirection: z.enum(["ASC", "DESC"]).optional(),
  orderBy: z.enum(["createdAt", "updatedAt"]).optional(),
  includeCursor: truth.optional(),
  subscriberId: z.string().max(255).optional(),
  channel: z.enum(CHANNELS).optional(),
  providerId: z.enum(providerIds).optional(),
  integrationIdentifier: z.string().max(255).optional(),
  contextKeys: keys.optional(),
};

export const ListConnectionsQuery = z.object({ ...list, connectionMode: z.enum(["subscriber", "shared"]).optional() });
export const ListEndpointsQuery = z.object({ ...list, connectionIdentifier: z.string().max(255).optional() });

const shown = {
  identifier: z.string(),
  channel: z.enum(CHANNELS).nullable(),
  providerId: z.enum(providerIds).nullable(),
  integrationIdentifier: z.string().nullable(),
  subscriberId: z.string().nullable(),
  contextKeys: z.array(z.string()),
};

export const ConnectionAnswer = z.object({
  ...shown,
  workspace: z.object({ id: z.string(), name: z.string().optional() }),
  auth: z.object({ accessToken: z.literal("******") }),
  createdAt: moment,
  updatedAt: moment,
});

export const EndpointAnswer = z.object({
  ...shown,
  connectionIdentifier: z.string().nullable(),
  type: z.enum(ENDPOINT_TYPES),
  endpoint: z.record(z.string(), z.string()),
  createdAt: moment,
  updatedAt: moment,
});

const page = <S extends z.ZodType>(item: S) =>
  z.object({
    data: z.array(item),
    next: z.string().nullable(),
    previous: z.string().nullable(),
    totalCount: z.int().min(0).max(50_000),
    totalCountCapped: z.boolean(),
  });

export const ConnectionsAnswer = page(ConnectionAnswer);
export const EndpointsAnswer = page(EndpointAnswer);

export const Refusal = z.object({
  statusCode: z.int(),
  timestamp: moment,
  path: z.string(),
  message: z.string(),
  error: z.string().optional(),
  errors: z.record(z.string(), z.object({ messages: z.array(z.string()) })).optional(),
});
