import type { z } from "zod";
import type { NativeOperation } from "@/lib/http/define-route";
import type { DialectName } from "@/lib/http/program-answer";
import type { ProgramMethod, ProgramRoute } from "@/lib/http/program-route";

/** What goes over the wire in one operation, whichever way in it is served by. */
export interface DescribedOperation {
  summary: string;
  query?: z.ZodType;
  body?: z.ZodType;
  /** By status; null for no body. */
  answers: Record<number, z.ZodType | null>;
  /** Instead of one JSON text: these media types, of whose lines each fits. */
  streamed?: { media: readonly string[]; line?: z.ZodType };
}

export type DescribedPath = Partial<Record<ProgramMethod, DescribedOperation>>;

type SecurityScheme =
  | { type: "apiKey"; in: "header"; name: string; description: string }
  | { type: "http"; scheme: "bearer"; description: string };

/** One public API, as its document says it. */
export interface ApiDescription {
  name: DialectName;
  title: string;
  description: string;
  /** Ways to say who one is; the schemes of one way go together. */
  security: ReadonlyArray<Record<string, SecurityScheme>>;
  /** What a refusal looks like, by status: those that there are. */
  errors: Record<number, z.ZodType>;
  errorMedia: string;
  /** Request headers of its own, with what they do. */
  headers: Record<string, string>;
  /** What a parameter in a path is. */
  param: Record<string, unknown>;
  /** Schemas that the document names, and refers to. */
  schemas: Record<string, unknown>;
  paths: Record<string, DescribedPath>;
}

/** Every status that a refusal can have; a wrong method's is no operation's. */
export const ERROR_STATUSES = [400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 502, 503] as const;

/** The paths of a dialect's route table. */
export function pathsOf(routes: Record<string, ProgramRoute>): Record<string, DescribedPath> {
  return Object.fromEntries(Object.values(routes).map(({ pattern, operations }) => [pattern, operations]));
}

/** The operations of one route file of the native API. */
export function nativePath(handlers: Partial<Record<ProgramMethod, { operation: NativeOperation | undefined }>>): DescribedPath {
  const methods = ["GET", "POST", "PATCH", "PUT", "DELETE"] as const;
  return Object.fromEntries(
    methods.flatMap((method) => {
      const found = handlers[method]?.operation;
      return found ? [[method, described(found)]] : [];
    }),
  );
}

function described({ summary, query, body, answer, status }: NativeOperation): DescribedOperation {
  const common = { summary, ...(query ? { query } : {}), ...(body ? { body } : {}) };
  if (answer !== null && "media" in answer) {
    return { ...common, answers: { [status ?? 200]: null }, streamed: answer };
  }
  return { ...common, answers: { [status ?? (answer === null ? 204 : 200)]: answer } };
}
