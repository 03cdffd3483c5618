import type { z } from "zod";
import type { CreateChannel, UpdateChannel } from "@/lib/dialects/closient/schemas";

type Type = z.output<typeof CreateChannel>["channel_type"];

/** What each type takes of `config`; what it does not take has no effect. */
const CONFIG_OF = {
  email: ({ email }) => ({ email }),
  sms: ({ phone_number }) => ({ phone_number }),
  in_app: () => ({}),
} satisfies Record<Type, (config: NonNullable<z.output<typeof CreateChannel>["config"]>) => object>;

export function toNewContactPoint({ channel_type: type, label, config = {} }: z.output<typeof CreateChannel>) {
  return { type, label, config: CONFIG_OF[type](config) };
}

/** To switch a paused one on is to end its pause: `enabled` is all that a client of this API sees of it. */
export function toChange({ enabled, label }: z.output<typeof UpdateChannel>) {
  return {
    ...(label == null ? {} : { label }),
    ...(enabled == null ? {} : { enabled }),
    ...(enabled === true ? { resume: true as const } : {}),
  };
}
