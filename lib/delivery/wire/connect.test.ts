import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { connectTo } from "@/lib/delivery/wire/connect";
import { untilWholeSecond } from "@/lib/delivery/wire/pad";
import { filteredPort } from "@/tests/support/filtered-port";
import { outlet, reachTo, send, smtp } from "@/tests/support/outlet";

async function listen(onConnection: (socket: Socket) => void = () => undefined): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    onConnection(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

async function closedPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

describe("one connection to one of several addresses", () => {
  test("goes on to the next address where one refuses", async () => {
    const port = await listen();
    const connected = await connectTo(["::1", "127.0.0.1"], port, { timeoutMs: 2000 });
    expect(connected).toMatchObject({ ok: true, address: "127.0.0.1" });
    if (connected.ok) connected.socket.destroy();
  });

  test("a refusal tells more than a network that is not there", async () => {
    const port = await closedPort();
    expect(await connectTo(["127.0.0.1"], port, { timeoutMs: 2000 })).toEqual({ ok: false, reason: "connection_refused" });
    expect(await connectTo(["100::1", "127.0.0.1"], port, { timeoutMs: 1000 })).toMatchObject({ ok: false });
    expect(await connectTo([], port, { timeoutMs: 2000 })).toEqual({ ok: false, reason: "no_route" });
  });

  test("a port that answers nothing is given up in time", async () => {
    const filtered = await filteredPort();
    onTestFinished(filtered.stop);
    const startedAt = performance.now();
    expect(await connectTo(["127.0.0.1"], filtered.port, { timeoutMs: 400 })).toEqual({ ok: false, reason: "connection_filtered" });
    expect(performance.now() - startedAt).toBeLessThan(1000);
    const calledOff = connectTo(["127.0.0.1"], filtered.port, { timeoutMs: 5000, signal: AbortSignal.timeout(50) });
    expect(await calledOff).toEqual({ ok: false, reason: "aborted" });
  });

  test("a connection that is called off leaves nothing open", async () => {
    let closed = 0;
    const port = await listen((socket) => socket.on("close", () => (closed += 1)));
    expect(await connectTo(["127.0.0.1"], port, { timeoutMs: 2000, signal: AbortSignal.abort() })).toEqual({
      ok: false,
      reason: "aborted",
    });
    expect(closed).toBe(0);
  });
});

describe("what a scan of ports would learn", () => {
  test("R46: open, closed and filtered ports are told in the same words", async () => {
    const talkative = await listen((socket) => void socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
    const hangingUp = await listen((socket) => void socket.end());
    const silent = await listen();
    const closed = await closedPort();
    const filtered = await filteredPort();
    onTestFinished(filtered.stop);
    for (const port of [talkative, hangingUp, closed, filtered.port]) {
      expect(await send(outlet(smtp(port), reachTo(port)))).toEqual({ outcome: "temporary", reason: "connect_failed" });
    }
    expect(await send(outlet(smtp(silent), reachTo(silent)))).toEqual({ outcome: "temporary", reason: "timeout" });
  });

  test("R46: and after a whole number of seconds", async () => {
    const closed = await closedPort();
    const open = await listen();
    for (const port of [closed, open]) {
      const startedAt = performance.now();
      const connected = await connectTo(["127.0.0.1"], port, { timeoutMs: 1000 });
      if (connected.ok) connected.socket.destroy();
      expect(await untilWholeSecond(startedAt)).toBe(1000);
      expect(performance.now() - startedAt).toBeGreaterThanOrEqual(999);
    }
    const longAgo = performance.now() - 1300;
    expect(await untilWholeSecond(longAgo)).toBe(2000);
  });
});
