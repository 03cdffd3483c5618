import type { DialectName } from "@/lib/http/program-answer";

/** A request as somebody would write it, its secrets left open. */
export interface ApiRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: unknown;
}

/** One of our channels in the words of one API, and the request that would make it there. */
export interface ApiView {
  api: DialectName;
  /** null: that API has no word for the thing itself. */
  shown: unknown;
  request: ApiRequest;
}

/** What stands where a secret belongs; whoever copies the command fills it in. */
export const OPEN = {
  key: "$KEY",
  publicKey: "$PUBLIC_KEY",
  token: "$TOKEN",
  password: "<password>",
  accessToken: "<access token>",
} as const;

/** Within the command, the body stands as deep as its first line. */
const INDENT = "\n  ";

/** The request as a command for a shell: `$KEY` and the like are variables of it. */
export function curlOf(origin: string, { method, path, headers, body }: ApiRequest): string {
  const lines = [
    `curl -X ${method} "${origin}${path}"`,
    ...Object.entries(headers).map(([name, value]) => `-H "${name}: ${value}"`),
    ...(body === undefined
      ? []
      : ['-H "Content-Type: application/json"', `-d ${quoted(JSON.stringify(body, null, 2).replaceAll("\n", INDENT))}`]),
  ];
  return lines.join(` \\${INDENT}`);
}

/** In single quotes a shell reads nothing, not even what somebody named their channel. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
