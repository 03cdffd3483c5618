import { notFound } from "@/lib/core/errors";
import { isId } from "@/lib/core/ids";

/** An id as a program wrote it in a path; what cannot be one of ours is nobody's. */
export function pathId({ id = "" }: Record<string, string>): string {
  const written = id.toLowerCase();
  if (!isId(written)) {
    throw notFound();
  }
  return written;
}
