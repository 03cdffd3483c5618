import { type Asked, keyset, newest } from "@/lib/services/keyset";

/** The keyset of a list whose newest rows come first, over `created_at` and `id` of the table that goes by `alias`. */
export function newestFirst(alias: string, asked: Asked) {
  return keyset(newest(alias), asked);
}
