import "server-only";
import { AppError } from "@/lib/core/errors";

/** As `orNotFound`, for pages that say more than that: null for what is not there, or for a link that is no link. */
export async function orNull<T>(read: Promise<T>): Promise<T | null> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof AppError && (error.code === "not_found" || error.code === "validation")) {
      return null;
    }
    throw error;
  }
}
