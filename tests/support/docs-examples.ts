import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Dialect } from "@/lib/http/program-answer";
import { type ProgramMethod, type ProgramRoute, serveProgram } from "@/lib/http/program-route";

const ORIGIN = "http://localhost:3000";
const BLOCK = /```sh\n(curl [\s\S]*?)\n```\n\n```http\nHTTP\/1\.1 (\d+) [^\n]*\n(?:\n([\s\S]*?)\n)?```/g;

export interface Example {
  command: string;
  status: number;
  body: unknown;
}

/** The commands of a page, each with the answer that the page promises. */
export function examplesOf(page: string): Example[] {
  const text = readFileSync(join(import.meta.dirname, "../../docs/api", page), "utf8");
  const examples = [...text.matchAll(BLOCK)].map(([, command = "", status, body]) => ({
    command,
    status: Number(status),
    body: body === undefined ? undefined : (JSON.parse(body) as unknown),
  }));
  if (examples.length !== text.split("\ncurl ").length - 1) {
    throw new Error(`a command in ${page} is without its answer`);
  }
  return examples;
}

/** The request that curl would send, with the shell's variables filled in. */
export function requestOf(command: string, variables: Record<string, string>): Request {
  const words = wordsOf(command, { REACHABLE: ORIGIN, ...variables });
  const option = (name: string) => words.flatMap((word, at) => (words[at - 1] === name ? [word] : []));
  const [data] = option("-d");
  const method = option("-X")[0] ?? (data === undefined ? "GET" : "POST");
  const url = words.find((word) => word.startsWith(ORIGIN)) ?? "";
  const headers = option("-H").map((line) => line.split(": ") as [string, string]);
  return new Request(url, { method, headers, ...(data === undefined ? {} : { body: data }) });
}

/** Does what curl would, with the shell's variables filled in. */
export async function runCommand(
  command: string,
  variables: Record<string, string>,
  { dialect, routes }: { dialect: Dialect; routes: Record<string, ProgramRoute> },
): Promise<{ status: number; body: unknown }> {
  const request = requestOf(command, variables);
  const { url, method } = request;
  for (const route of Object.values(routes)) {
    const names = [...route.pattern.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
    const found = new RegExp(`^${route.pattern.replaceAll(/\{\w+\}/g, "([^/]+)")}$`).exec(new URL(url).pathname);
    if (found) {
      const params = Object.fromEntries(names.map((name, at) => [name, found[at + 1]]));
      const response = await serveProgram(dialect, route)[method as ProgramMethod](request, { params: Promise.resolve(params) });
      const text = await response.text();
      return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
    }
  }
  throw new Error(`no route for ${url}`);
}

/** Ids and times are never the page's. */
export function comparable(value: unknown): unknown {
  const text = JSON.stringify(value) ?? "";
  return text
    .replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "<id>")
    .replaceAll(/req_[0-9a-f]{16}/g, "<request>")
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, "<time>");
}

/** The shell's words: quotes of both kinds, joined where nothing stands between them, and variables outside of single ones. */
function wordsOf(command: string, variables: Record<string, string>): string[] {
  const fill = (text: string) => text.replaceAll(/\$(\w+)/g, (_, name: string) => variables[name] ?? "");
  const words = command.replaceAll("\\\n", " ").matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"]+)+/g);
  return [...words].map(([word]) =>
    word.replaceAll(
      /'([^']*)'|"([^"]*)"|([^'"]+)/g,
      (_, single?: string, double?: string, bare?: string) => single ?? fill(double ?? bare ?? ""),
    ),
  );
}
