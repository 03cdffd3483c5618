import { timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text as readText } from "node:stream/consumers";
import { z } from "zod";
import { type Faults, SMTP_FAULTS, TEXT_FAULTS } from "./faults";
import { line, whole } from "./shape";
import type { CaughtStore, CaughtText } from "./store";

const BODY_LIMIT = 65_536;
const text = z.strictObject({
  to: z.string().min(1).max(32),
  from: z.string().min(1).max(32).optional(),
  text: z.string().min(1).max(2000),
  reference: z.string().max(200).optional(),
});
const order = z.strictObject({
  smtp: z.enum(SMTP_FAULTS).optional(),
  texts: z.enum(TEXT_FAULTS).optional(),
  count: z.int().min(1).optional(),
});
const query = z.object({
  kind: z.enum(["mail", "text"]).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  before: z.string().optional(),
});

class Refusal extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export interface HttpCatcher {
  port: number;
  close(): Promise<void>;
}

export async function startHttp(store: CaughtStore, faults: Faults, token: string, host: string, port: number): Promise<HttpCatcher> {
  const byReference = new Map<string, CaughtText>();

  async function takeText(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const input = parse(text, await readJson(request));
    const fault = faults.takeTexts("refuse", "tempfail", "drop-before", "drop-after");
    if (fault === "drop-before") return void request.socket.destroy();
    if (fault === "refuse") throw new Refusal(400, "number refused");
    if (fault === "tempfail") throw new Refusal(503, "try again later");
    // As vendors do: the same reference is the same text, so a repeated call sends nothing twice.
    const before = input.reference === undefined ? undefined : byReference.get(input.reference);
    const { to, from, text: said, reference = null } = input;
    const caught = before ?? ((await store.add({ kind: "text", to, ...(from && { from }), text: said, reference })) as CaughtText);
    if (caught.reference !== null) byReference.set(caught.reference, caught);
    if (fault === "drop-after") return void request.socket.destroy();
    answer(response, 200, { id: caught.id });
  }

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // A page in a browser must not get here under a name that it controls.
    if (!/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(request.headers.host ?? "")) throw new Refusal(403, "loopback only");
    const url = new URL(request.url ?? "/", "http://catcher");
    if (request.method === "POST" && url.pathname === "/texts") return takeText(request, response);
    if (!isOwner(request, token)) throw new Refusal(401, "token missing or wrong");
    if (request.method === "POST" && url.pathname === "/faults") {
      const { smtp, texts, count } = parse(order, await readJson(request));
      faults.order({ ...(smtp && { smtp }), ...(texts && { texts }), ...(count && { count }) });
      return answer(response, 200, {});
    }
    if (request.method === "DELETE" && url.pathname === "/messages") {
      await store.clear();
      byReference.clear();
      return answer(response, 200, {});
    }
    if (request.method === "GET" && url.pathname === "/messages") {
      const { kind, limit, before } = parse(query, Object.fromEntries(url.searchParams));
      const { messages, more } = await store.list(kind, limit, before);
      return answer(response, 200, { messages: await Promise.all(messages.map(line)), next: more ? (messages.at(-1)?.id ?? null) : null });
    }
    const id = /^\/messages\/([\w-]+)$/.exec(url.pathname)?.[1];
    const found = request.method === "GET" && id !== undefined ? await store.get(id) : undefined;
    if (found === undefined) throw new Refusal(404, "not found");
    answer(response, 200, await whole(found));
  }

  const server = createServer((request, response) => {
    route(request, response).catch((error: unknown) => {
      answer(response, error instanceof Refusal ? error.status : 500, { error: error instanceof Error ? error.message : "failed" });
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : port,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" }).end(JSON.stringify(body));
}

function isOwner(request: IncomingMessage, token: string): boolean {
  const given = Buffer.from(request.headers.authorization ?? "");
  const wanted = Buffer.from(`Bearer ${token}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  // Only this type makes a browser ask first, and nothing here answers that question.
  if (!/^application\/json\b/.test(request.headers["content-type"] ?? "")) throw new Refusal(415, "send application/json");
  if (Number(request.headers["content-length"] ?? BODY_LIMIT + 1) > BODY_LIMIT) throw new Refusal(413, "too large");
  try {
    return JSON.parse(await readText(request));
  } catch {
    throw new Refusal(400, "not JSON");
  }
}

function parse<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value);
  if (!result.success) throw new Refusal(400, z.prettifyError(result.error));
  return result.data;
}
