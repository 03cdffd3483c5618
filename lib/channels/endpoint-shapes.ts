import { z } from "zod";
import { field } from "@/lib/channels/define";
import { plainUrl } from "@/lib/channels/providers/parts/base-url";
import { optionalText } from "@/lib/channels/providers/parts/optional-text";
import { E164 } from "@/lib/core/phone-number";
import { singleLineText } from "@/lib/core/safe-text";

const ID_MAX = 255;
const URL_MAX = 2048;

const id = (words: string, placeholder: string) =>
  field(singleLineText({ max: ID_MAX }), { control: "text", words, placeholder, maxLength: ID_MAX, autoComplete: "off" });

const address = z
  .string()
  .trim()
  .max(URL_MAX)
  .refine((text) => plainUrl(text) !== undefined, { params: { reason: "base_url" } });

/** What an endpoint of each type consists of, and nothing else. */
export const ENDPOINT_SHAPES = {
  slack_channel: z.strictObject({ channelId: id("channelId", "C123456789") }),
  slack_user: z.strictObject({ userId: id("userId", "U123456789") }),
  webhook: z.strictObject({
    url: field(address, { control: "text", words: "url", inputMode: "url", maxLength: URL_MAX, autoComplete: "off" }),
    channel: field(optionalText(singleLineText({ max: ID_MAX })), {
      control: "text",
      words: "channel",
      maxLength: ID_MAX,
      autoComplete: "off",
    }),
  }),
  phone: z.strictObject({
    phoneNumber: field(z.string().trim().regex(E164), {
      control: "text",
      words: "phoneNumber",
      inputMode: "tel",
      placeholder: "+15550100100",
      maxLength: 16,
    }),
  }),
  ms_teams_channel: z.strictObject({ teamId: id("teamId", "19:abc@thread.tacv2"), channelId: id("channelId", "19:def@thread.tacv2") }),
  ms_teams_user: z.strictObject({ userId: id("userId", "29:1234567890abcdef") }),
} as const satisfies Record<string, z.ZodObject>;

export type EndpointType = keyof typeof ENDPOINT_SHAPES;
export const ENDPOINT_TYPES = Object.keys(ENDPOINT_SHAPES) as [EndpointType, ...EndpointType[]];

/** What is kept of an endpoint, or the names of the fields that do not fit its type. */
export function readEndpoint(
  type: EndpointType,
  given: unknown,
): { ok: true; value: Record<string, string> } | { ok: false; paths: string[] } {
  const result = ENDPOINT_SHAPES[type].safeParse(given);
  if (!result.success) {
    const paths = result.error.issues.flatMap((issue) =>
      issue.code === "unrecognized_keys" ? issue.keys : [issue.path.map(String).join(".")],
    );
    return { ok: false, paths: [...new Set(paths)] };
  }
  const entries = Object.entries(result.data).filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return { ok: true, value: Object.fromEntries(entries) };
}

/** A type's fields as a form knows them; undefined: there is no such type. */
export function endpointForm(type: string): { id: EndpointType; config: z.ZodObject } | undefined {
  const id = ENDPOINT_TYPES.find((each) => each === type);
  return id && { id, config: ENDPOINT_SHAPES[id] };
}
