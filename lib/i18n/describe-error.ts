import type { AppError } from "@/lib/core/errors";
import { translatorFor } from "@/lib/i18n/translator";

export interface DescribedError {
  code: string;
  /** What kind of failure it is; the same for every one of its code. */
  title: string;
  message: string;
  fields: Array<{ path: string; code: string; message: string }>;
}

/** An expected failure in the words of one language: what happened and what to do next. */
export async function describeError(error: AppError, locale: string): Promise<DescribedError> {
  const t = await translatorFor(locale, "errors");
  const params: Record<string, string | number> = { ...error.params, seconds: error.retryAfterSec ?? 0 };
  if (error.reason === "senderCheckFailed") {
    const diagnosis = await translatorFor(locale, "diagnosis");
    params["problem"] = diagnosis(`problem.${params["problem"]}`, params);
  }
  const title = t(`title.${error.code}`, params);
  const message = error.reason ? t(`reason.${error.reason}`, params) : title;
  const fields = (error.fields ?? []).map((field) => ({
    path: field.path,
    code: field.code,
    message: t(`field.${field.code}`, field.params ?? {}),
  }));
  return { code: error.code, title, message, fields };
}
