import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { createGzip } from "node:zlib";

const TEXT = /^(text\/|application\/(javascript|json|manifest\+json)|image\/svg)/;

/** Compresses as the reverse proxy in front of a real installation does. */
export async function startCompressingProxy(target: number, port = 0): Promise<{ port: number; stop: () => void }> {
  const server = createServer((incoming, outgoing) => {
    const onward = request(
      { host: "127.0.0.1", port: target, method: incoming.method, path: incoming.url, headers: incoming.headers },
      (response) => {
        const packs = TEXT.test(response.headers["content-type"] ?? "") && /gzip/.test(incoming.headers["accept-encoding"] ?? "");
        const { "content-length": length, ...headers } = response.headers;
        if (!packs) {
          outgoing.writeHead(response.statusCode ?? 502, response.headers);
          response.pipe(outgoing);
          return;
        }
        outgoing.writeHead(response.statusCode ?? 502, { ...headers, "content-encoding": "gzip" });
        response.pipe(createGzip()).pipe(outgoing);
      },
    );
    onward.on("error", () => outgoing.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((listening) => server.listen(port, "127.0.0.1", listening));
  return {
    port: (server.address() as AddressInfo).port,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
