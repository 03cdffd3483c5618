import { AppError } from "@/lib/core/errors";
import type { JsonProblem } from "@/lib/http/parse-json";
import { readJson } from "@/lib/http/read-json";

/** A request's JSON body (R42); one that says it is empty is an object without members. */
export async function jsonBody(request: Request): Promise<unknown> {
  if (request.headers.get("content-type") === null && request.headers.get("content-length") === "0") {
    return {};
  }
  // a client that goes away in the middle has sent no JSON; that is no fault of ours to be told of in the log
  const read = await readJson(request).catch((cause) => {
    throw new AppError("bad_request", { reason: "json", cause });
  });
  if (read.ok) {
    return read.value;
  }
  if (read.code === "too_large" || read.code === "unsupported_media_type") {
    throw new AppError(read.code);
  }
  throw new AppError("bad_request", { reason: REASONS[read.code] });
}

/** What JSON.parse would take needs words of its own: its sender finds nothing wrong with it. */
const REASONS: Record<JsonProblem, string> = {
  invalid_json: "json",
  duplicate_key: "jsonTwice",
  too_deep: "jsonDepth",
  forbidden_key: "jsonName",
  invalid_string: "jsonText",
};
