import "server-only";
import { AppError } from "@/lib/core/errors";

/**
 * Names refused fields as the form has them: a verb's paths may stand below others. A name that ends with a dot stands
 * for all below it.
 */
export async function atFields<T>(work: Promise<T>, names: Readonly<Record<string, string>>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof AppError) || !error.fields) {
      throw error;
    }
    const { code, reason, params, fields, retryAfterSec, foreign } = error;
    throw new AppError(code, {
      ...(reason === undefined ? {} : { reason }),
      ...(params === undefined ? {} : { params }),
      ...(retryAfterSec === undefined ? {} : { retryAfterSec }),
      fields: fields.map((field) => ({ ...field, path: renamed(field.path, names) })),
      foreign,
      cause: error,
    });
  }
}

function renamed(path: string, names: Readonly<Record<string, string>>): string {
  const above = Object.keys(names).find((name) => name.endsWith(".") && path.startsWith(name));
  return names[path] ?? (above === undefined ? path : `${names[above]}${path.slice(above.length)}`);
}
