import type { z } from "zod";
import { AppError, type FieldError } from "@/lib/core/errors";

/** Nobody reads more of them, and each costs the words that say it. */
const FIELDS_MAX = 100;

/** Parses with the verb's own schema; what it refuses becomes field errors with closed codes. */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input, { reportInput: true });
  if (result.success) {
    return result.data;
  }
  throw new AppError("validation", { fields: result.error.issues.flatMap(toFieldErrors).slice(0, FIELDS_MAX) });
}

type Issue = z.core.$ZodIssue;

function toFieldErrors(issue: Issue): FieldError[] {
  const path = issue.path.map(String).join(".");
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({ path: path ? `${path}.${key}` : key, code: "unknown" }));
  }
  const { code, params } = describe(issue);
  return [params ? { path, code, params } : { path, code }];
}

function describe(issue: Issue): { code: string; params?: Record<string, string | number> } {
  switch (issue.code) {
    case "too_small":
      if (issue.origin === "string") {
        return Number(issue.minimum) <= 1 ? { code: "required" } : { code: "too_short", params: { min: Number(issue.minimum) } };
      }
      return { code: "too_small", params: { min: Number(issue.minimum) } };
    case "too_big":
      return issue.origin === "string"
        ? { code: "too_long", params: { max: Number(issue.maximum) } }
        : { code: "too_big", params: { max: Number(issue.maximum) } };
    case "invalid_type":
    case "invalid_value":
      return { code: issue.input === undefined || issue.input === null ? "required" : "invalid" };
    case "custom":
      return describeCustom(issue.params ?? {});
    case "invalid_union": {
      if (issue.discriminator !== undefined) {
        const chosen = (issue.input as Record<string, unknown> | null | undefined)?.[issue.discriminator];
        return { code: chosen === undefined || chosen === null ? "required" : "invalid" };
      }
      const own = issue.errors.flat().find((inner) => inner.code === "custom");
      return own ? describe(own) : { code: issue.input === undefined ? "required" : "invalid" };
    }
    default:
      return { code: "invalid" };
  }
}

/** Our own checks name their reason; the numbers beside it fill the message. */
function describeCustom({ reason, ...rest }: Record<string, unknown>): { code: string; params?: Record<string, string | number> } {
  if (typeof reason !== "string") {
    return { code: "invalid" };
  }
  const numbers = Object.entries(rest).filter((entry): entry is [string, number] => typeof entry[1] === "number");
  if (reason === "too_short" && Number(rest["min"]) <= 1) {
    return { code: "required" };
  }
  return numbers.length > 0 ? { code: reason, params: Object.fromEntries(numbers) } : { code: reason };
}
