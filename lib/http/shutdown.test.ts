import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");

/** A server process of its own, since it is the process that ends. It says its port, and each request that it takes. */
const PROGRAM = `
  import { createServer } from "node:http";
  import { subscribe } from "node:diagnostics_channel";
  import { installShutdown, isShuttingDown, onShutdown, trackServer } from "@/lib/http/shutdown";
  process.on("SIGTERM", () => process.exit(143));
  subscribe("http.server.request.start", ({ server }) => trackServer(server));
  installShutdown({ finishMs: Number(process.env.FINISH_MS) });
  onShutdown(async () => { console.log("closed the pool"); });
  onShutdown(() => { throw new Error("this one fails"); });
  const slow = [];
  const server = createServer((request, response) => {
    if (request.url === "/slow") { slow.push(response); console.log("slow"); return; }
    if (request.url === "/finish") { for (const one of slow) one.end("finished"); }
    response.statusCode = isShuttingDown() ? 503 : 200;
    response.end(isShuttingDown() ? "stopping" : "running");
  }).listen(0, "127.0.0.1", () => console.log("port", server.address().port));
`;

async function start(
  finishMs = 25_000,
): Promise<{ child: ChildProcess; port: number; output: () => string; says: (word: string) => Promise<void> }> {
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", PROGRAM], {
    cwd: root,
    env: { ...process.env, FINISH_MS: String(finishMs) },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout?.on("data", (chunk: Buffer) => {
    output += chunk.toString();
  });
  const says = async (word: string) => {
    while (!output.includes(word)) {
      await once(child.stdout ?? child, "data");
    }
  };
  await says("port ");
  await says("\n");
  return { child, port: Number(/port (\d+)/.exec(output)?.[1]), output: () => output, says };
}

async function fetchText(port: number, path: string): Promise<{ status: number | undefined; body: string }> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get({ port, path, host: "127.0.0.1", agent: false }, resolve).on("error", reject);
  });
  return { status: response.statusCode, body: await text(response) };
}

describe("R74: shutdown", () => {
  it("R74: on SIGTERM it says so at once, finishes what runs, closes the pool and exits with 0", async () => {
    const { child, port, output, says } = await start();
    expect(await fetchText(port, "/")).toEqual({ status: 200, body: "running" });
    const slow = fetchText(port, "/slow");
    await says("slow");
    child.kill("SIGTERM");
    await says("shutting down");
    expect(await fetchText(port, "/")).toEqual({ status: 503, body: "stopping" });
    expect(output()).not.toContain("closed the pool");
    await fetchText(port, "/finish");
    expect(await slow).toEqual({ status: 200, body: "finished" });
    expect(await once(child, "exit")).toEqual([0, null]);
    expect(output()).toMatch(/closed the pool[\s\S]*this one fails[\s\S]*stopped/);
  });

  it("R74: what does not finish in time is cut off", async () => {
    const { child, port, says } = await start(800);
    const slow = fetchText(port, "/slow").catch((error: NodeJS.ErrnoException) => error.code);
    await says("slow");
    child.kill("SIGINT");
    child.kill("SIGTERM");
    expect(await once(child, "exit")).toEqual([0, null]);
    expect(await slow).toBe("ECONNRESET");
  });

  it("R74: a server that nobody asked anything stops as well", async () => {
    const { child } = await start();
    child.kill("SIGTERM");
    expect(await once(child, "exit")).toEqual([0, null]);
  });
});
