import { z } from "zod";
import { optionalText } from "@/lib/channels/providers/parts/optional-text";

const MAX_LENGTH = 512;

/** Where a provider's API stands: an origin, with a path or without. Whether http will do is decided by its address. */
export const baseUrl = optionalText(
  z
    .string()
    .trim()
    .max(MAX_LENGTH)
    .refine((text) => plainUrl(text)?.search === "", { params: { reason: "base_url" } })
    .transform((text) => text.replace(/\/+$/, "")),
);

/** An http or https address without credentials and fragment. */
export function plainUrl(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const plain = url && /^https?:\/\/[^/?#@]+(?:[/?]|$)/i.test(text) && url.username === "" && url.password === "" && url.hash === "";
  return plain ? url : undefined;
}
