/** One page of a keyset-paged list. A cursor is opaque and only as good as the list that made it. */
export interface Page<T> {
  items: T[];
  /** Cursor of the page after this one, or null. */
  next: string | null;
  /** Cursor of the page before this one, or null. */
  previous: string | null;
}
