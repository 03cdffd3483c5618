import { z } from "zod";
import { ERROR_CODES, type ErrorCode } from "@/lib/core/errors";
import * as accounts from "@/lib/http/native-schemas/accounts";
import * as contactPoints from "@/lib/http/native-schemas/contact-points";
import * as people from "@/lib/http/native-schemas/people";
import * as programs from "@/lib/http/native-schemas/programs";
import * as senders from "@/lib/http/native-schemas/senders";
import { type ApiDescription, ERROR_STATUSES } from "@/lib/http/openapi/describe";

/** RFC 9457, with what a program needs to tell one refusal from another. */
const Problem = z.object({
  type: z.string().regex(/^urn:reachable:problem:\w+$/),
  title: z.string(),
  status: z.int(),
  detail: z.string().meta({ description: "In the language of `Accept-Language`." }),
  instance: z.string(),
  code: z.enum(Object.keys(ERROR_CODES) as [ErrorCode, ...ErrorCode[]]),
  reason: z.string().exactOptional().meta({ description: "Says more than the code." }),
  request_id: z.string(),
  errors: z
    .array(z.object({ pointer: z.string(), code: z.string(), detail: z.string() }))
    .exactOptional()
    .meta({ description: "The refused fields, by JSON pointer." }),
});

/** The native API, without its paths: those stand with the routes. */
export const nativeDescription: Omit<ApiDescription, "paths"> = {
  name: "native",
  title: "Reachable API",
  description:
    "Everything that the console does. Lists are paged by cursors: `next` and `previous` of an answer go into `after` and `before`. An id that is unknown and one of another institution are answered alike.",
  security: [
    { key: { type: "apiKey", in: "header", name: "X-API-Key", description: "A secret key, `sk_…`, made on the page of API keys." } },
    { bearer: { type: "http", scheme: "bearer", description: "The same key." } },
  ],
  errors: Object.fromEntries(ERROR_STATUSES.map((status) => [status, Problem])),
  errorMedia: "application/problem+json",
  headers: { "Accept-Language": "The language of `title` and `detail`: en, zh, zh-Hant, ja, vi." },
  param: { type: "string", format: "uuid" },
  schemas: { Problem, ...accounts, ...contactPoints, ...people, ...programs, ...senders },
};
