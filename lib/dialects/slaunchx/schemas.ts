import { z } from "zod";
import { singleLineText } from "@/lib/core/safe-text";

/** Fields of a request. Absent and null are the same where a field may be left out. */
const bizId = z.string().min(1).max(64);
const port = z.int().min(1).max(65_535);
const connectionTimeout = z.int().min(1000).max(60_000).meta({ description: "Milliseconds" });
const readTimeout = z.int().min(1000).max(120_000).meta({ description: "Milliseconds" });
const category = z.literal("EMAIL");
const CHANNEL_STATUSES = ["PENDING", "ACTIVE", "INACTIVE", "ERROR"] as const;
const status = z.enum(CHANNEL_STATUSES);

/** What a field of a new channel is where it is left out. */
export const DEFAULTS = { useSsl: true, useStartTls: false, connectionTimeout: 10_000, readTimeout: 30_000 } as const;

const text = (max: number, min = 1) => z.string().min(min).max(max);
const name = singleLineText({ max: 255 });
const host = singleLineText({ max: 512 });
const remark = singleLineText({ max: 255, min: 0 });

const optionalOfEmail = {
  useSsl: z.boolean().nullish().meta({ description: "TLS from the first byte; true unless it is given" }),
  useStartTls: z.boolean().nullish().meta({ description: "Mandatory STARTTLS; false unless it is given" }),
  connectionTimeout: connectionTimeout.nullish(),
  readTimeout: readTimeout.nullish(),
};

export const CreateChannel = z.object({
  institutionBizId: bizId,
  channelName: name,
  channelRemark: remark.nullish(),
  channelHost: host,
  channelCategory: category,
  emailConfig: z.object({
    smtpHost: text(512).meta({ example: "smtp.example.com" }),
    smtpPort: port.meta({ example: 587 }),
    senderEmail: text(320).meta({ example: "noreply@example.com" }),
    senderName: name,
    username: text(320),
    password: text(1024),
    ...optionalOfEmail,
  }),
});
export type CreateChannel = z.output<typeof CreateChannel>;

export const UpdateChannel = z.object({
  bizId,
  channelName: name.nullish(),
  channelRemark: remark.nullish().meta({ description: "An empty text takes it away" }),
  channelHost: host.nullish(),
  channelStatus: status.nullish(),
  emailConfig: z
    .object({
      smtpHost: text(512).nullish(),
      smtpPort: port.nullish(),
      // empty where it was read so
      senderEmail: text(320, 0).nullish(),
      senderName: singleLineText({ max: 255, min: 0 }).nullish(),
      username: text(320, 0).nullish(),
      password: text(1024).nullish().meta({ description: "****** leaves the stored one as it is" }),
      ...optionalOfEmail,
    })
    .nullish(),
});
export type UpdateChannel = z.output<typeof UpdateChannel>;

export const ChannelRef = z.object({ bizId });

export const QueryChannels = z.object({
  bizId: bizId.nullish(),
  institutionBizId: bizId.nullish(),
  channelName: z.string().max(255).nullish().meta({ description: "Part of the name, in any case" }),
  channelCategory: category.nullish(),
  channelStatus: status.nullish(),
  activeOnly: z.boolean().nullish(),
});
export type QueryChannels = z.output<typeof QueryChannels>;

const SORT_FIELDS = ["createdAt", "updatedAt", "channelName", "channelStatus"] as const;
const sort = z.string().regex(new RegExp(`^(${SORT_FIELDS.join("|")})(,(asc|desc))?$`, "i"));
const whole = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number);

export const PageQuery = z.object({
  page: whole.default(0),
  size: whole.pipe(z.number().min(1)).default(20).meta({ description: "At most 100; more is taken as 100" }),
  sort: z.union([sort, z.array(sort).max(SORT_FIELDS.length)]).default("createdAt,desc"),
});
export type PageQuery = z.output<typeof PageQuery>;

/** Answers. */
const instant = z.iso.datetime().meta({ example: "2026-03-21T00:00:00Z" });

const Channel = z.object({
  bizId: z.string().meta({ example: "ch_4p5j2zj8q6k0q7x3m1n9r8s2t" }),
  institutionBizId: z.string(),
  channelName: z.string(),
  channelRemark: z.string().nullable(),
  channelHost: z.string(),
  channelCategory: category,
  channelStatus: status,
  emailConfig: z.object({
    smtpHost: z.string(),
    smtpPort: port,
    senderEmail: z.string(),
    senderName: z.string(),
    username: z.string(),
    password: z.literal("******"),
    useSsl: z.boolean(),
    useStartTls: z.boolean(),
    connectionTimeout,
    readTimeout,
  }),
  createdAt: instant,
  updatedAt: instant,
  createdBy: z.string().nullable(),
  updatedBy: z.string().nullable(),
});
export type Channel = z.output<typeof Channel>;

const ChannelType = z.object({
  bizId: z.string(),
  typeCode: category,
  typeName: z.string(),
  typeDescription: z.string(),
  typeStatus: z.literal("ACTIVE"),
  displayOrder: z.int(),
  iconUrl: z.string().nullable(),
  extraConfig: z.null(),
  createdAt: instant,
  updatedAt: instant,
});
export type ChannelType = z.output<typeof ChannelType>;

const envelope = <D extends z.ZodType>(data: D) => z.object({ code: z.literal("2000"), message: z.literal("SUCCESS"), data });

export const ChannelAnswer = envelope(Channel);
export const ChannelsAnswer = envelope(
  z.object({ content: z.array(Channel), totalElements: z.int(), totalPages: z.int(), number: z.int(), size: z.int() }),
);
export const ChannelTypesAnswer = envelope(z.array(ChannelType));
export const DeletedAnswer = envelope(z.null());

/** Every error of every route. */
export const ErrorAnswer = z.object({
  code: z.string().regex(/^\d{4}$/),
  message: z.string(),
  data: z.null(),
  errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
});
