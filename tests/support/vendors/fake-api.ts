import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Reach } from "@/lib/channels/providers/define";

export interface ApiCall {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage["headers"];
  body: string;
}

export interface ApiAnswer {
  status: number;
  body?: object | string;
  headers?: Record<string, string>;
}

/** Instead of an answer: nothing at all, or the end of the connection before or after the call was acted upon. */
export type Fault = "silence" | "drop-before" | "drop-after" | ApiAnswer;

export interface FakeApi {
  url: string;
  /** Opens just this fake: loopback is no more open than any other private network. */
  reach: Reach;
  calls: ApiCall[];
  /** Takes the place of every answer until it is taken back. */
  fault: Fault | undefined;
  /** Ends every connection that there is. */
  drop: () => void;
  stop: () => Promise<void>;
}

/** A vendor's API over real HTTP. */
export async function startFakeApi(answer: (call: ApiCall) => ApiAnswer): Promise<FakeApi> {
  const sockets = new Set<Socket>();
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", "http://fake");
    const body = Buffer.concat(await request.toArray()).toString("utf8");
    const call = { method: request.method ?? "", path: url.pathname, query: url.searchParams, headers: request.headers, body };
    api.calls.push(call);
    const { fault } = api;
    if (fault === "silence") return;
    if (fault === "drop-before") return void request.socket.destroy();
    const given = typeof fault === "object" ? fault : answer(call);
    if (fault === "drop-after") return void request.socket.destroy();
    const plain = typeof given.body === "string";
    response.writeHead(given.status, { "content-type": plain ? "text/plain" : "application/json", ...given.headers });
    response.end(plain ? given.body : JSON.stringify(given.body ?? {}));
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => socket.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const api: FakeApi = {
    url: `http://127.0.0.1:${port}`,
    reach: { allowCidrs: ["127.0.0.0/8"], allowPorts: [port], allowPlaintext: false },
    calls: [],
    fault: undefined,
    drop: () => {
      for (const socket of sockets) socket.destroy();
    },
    stop: async () => {
      api.drop();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return api;
}

export function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
}
