import { readBytes } from "@/lib/core/read-bytes";
import { type JsonProblem, type JsonValue, parseJson } from "./parse-json";

const CHARSET = /^charset="?utf-8"?$/;

export type ReadJsonProblem = JsonProblem | "too_large" | "unsupported_media_type";

export type ReadJson =
  | { readonly ok: true; readonly value: JsonValue }
  | { readonly ok: false; readonly code: ReadJsonProblem; readonly pointer?: string };

/** Reads a JSON body, counting its bytes as they come: a wrong Content-Length decides nothing. */
export async function readJson(
  request: Request,
  { maxBytes = 65_536, maxDepth = 16 }: { maxBytes?: number; maxDepth?: number } = {},
): Promise<ReadJson> {
  if (!isPlainJson(request.headers)) {
    return { ok: false, code: "unsupported_media_type" };
  }
  if (Number(request.headers.get("content-length")) > maxBytes) {
    await request.body?.cancel();
    return { ok: false, code: "too_large" };
  }
  const bytes = await readBytes(request, maxBytes);
  if (bytes === null) {
    return { ok: false, code: "too_large" };
  }
  const text = decodeUtf8(bytes);
  return text === null ? { ok: false, code: "invalid_json" } : parseJson(text, maxDepth);
}

function isPlainJson(headers: Headers): boolean {
  const [type, ...parameters] = (headers.get("content-type") ?? "")
    .toLowerCase()
    .split(";")
    .map((part) => part.trim());
  const encoding = headers.get("content-encoding")?.toLowerCase() ?? "identity";
  const charsets = parameters.filter((parameter) => parameter.startsWith("charset="));
  return type === "application/json" && charsets.every((charset) => CHARSET.test(charset)) && encoding === "identity";
}

/** null for bytes that are not UTF-8; a byte order mark stays, and the parser refuses it. */
function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
