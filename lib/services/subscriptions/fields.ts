import { z } from "zod";
import { isId } from "@/lib/core/ids";

const LONGEST = 2048;
/** Controls, and halves of surrogate pairs: no identifier has them, and no column can hold all of them. */
const UNFIT = /[\p{Cc}\p{Cs}]/u;

const id = z.string().refine(isId, { params: { reason: "invalid" } });

/** As the program gave it: two that differ are two. */
const identifier = z
  .string()
  .min(1)
  .max(LONGEST)
  .refine((text) => !UNFIT.test(text), { params: { reason: "control_character" } });

export const subscriptionFields = { senderId: id, identifier };
export const SubscriptionRef = z.strictObject({ subscriptionId: id });
export const OwnChannelRef = z.strictObject({ senderId: id });
export const OwnSubscriptionRef = z.strictObject({ senderId: id, identifier });
