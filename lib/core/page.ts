import { z } from "zod";
import { isId } from "@/lib/core/ids";
import type { Page } from "@/lib/core/page-type";

const PAGE_SIZE = 25;
/** Room for the longest text that a list is sorted by: 255 characters of four bytes each. */
export const CURSOR_MAX = 2048;

export const pageInput = {
  after: z.string().max(CURSOR_MAX).optional(),
  before: z.string().max(CURSOR_MAX).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(PAGE_SIZE),
};

type Key = Array<string | number | boolean | null>;

export function encodeCursor(key: Key): string {
  return Buffer.from(JSON.stringify(key)).toString("base64url");
}

/** The key within a cursor, or null when it is not one of ours: an unknown cursor starts at the top. */
export function decodeCursor(cursor: string | undefined, length: number): Key | null {
  const key = cursor ? keyIn(cursor) : null;
  return key?.length === length ? key : null;
}

/** Whether some list may have made it. */
export function isCursor(cursor: unknown): boolean {
  return typeof cursor === "string" && keyIn(cursor) !== null;
}

function keyIn(cursor: string): Key | null {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    return Array.isArray(key) && key.every((part) => part === null || typeof part !== "object") ? (key as Key) : null;
  } catch {
    return null;
  }
}

/**
 * Makes a page of rows that were fetched with `limit + 1`, in the direction asked for.
 * `keyOf` gives the sort key that the query compared, id last.
 */
export function toPage<T>(rows: T[], options: { limit: number; backwards: boolean; hasCursor: boolean; keyOf: (row: T) => Key }): Page<T> {
  const { limit, backwards, hasCursor, keyOf } = options;
  const more = rows.length > limit;
  const items = rows.slice(0, limit);
  if (backwards) {
    items.reverse();
  }
  const first = items[0];
  const last = items.at(-1);
  const hasPrevious = backwards ? more : hasCursor;
  const hasNext = backwards ? hasCursor : more;
  return {
    items,
    next: hasNext && last ? encodeCursor(keyOf(last)) : null,
    previous: hasPrevious && first ? encodeCursor(keyOf(first)) : null,
  };
}

/** A cursor's time part; a forged one becomes the epoch, which only moves the forger's own page. */
export function instant(part: unknown): string {
  const at = new Date(typeof part === "string" ? part : Number.NaN);
  const year = at.getUTCFullYear();
  return (year >= 1970 && year <= 9999 ? at : new Date(0)).toISOString();
}

/** A cursor's id part; a forged one becomes the nil id. */
export function uuid(part: unknown): string {
  return typeof part === "string" && isId(part) ? part : "00000000-0000-0000-0000-000000000000";
}

/** A cursor's text part. */
export function plain(part: unknown): string {
  return typeof part === "string" ? storable(part) : "";
}

/** What somebody typed into a search field, in the form in which texts are kept. */
export const searchText = z
  .string()
  .max(100)
  .overwrite((typed) => storable(typed).normalize("NFC").trim());

/** Without what no text column can hold: NUL, and halves of surrogate pairs. */
function storable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}]/gu, "");
}
