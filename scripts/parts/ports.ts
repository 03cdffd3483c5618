import { createServer } from "node:net";
import { Stop } from "./stop.ts";

export async function freePort(preferred = 0, host = "127.0.0.1"): Promise<number> {
  const port = await tryPort(preferred, host);
  return port ?? (await tryPort(0, host)) ?? 0;
}

export async function requirePort(port: number, host: string): Promise<void> {
  if ((await tryPort(port, host)) === undefined)
    throw new Stop(`Port ${port} is in use; end what uses it, or choose another: PORT=${port + 1} npm start`);
}

function tryPort(port: number, host: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(undefined));
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : undefined));
    });
  });
}
