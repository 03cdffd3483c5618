import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Reach } from "@/lib/channels/providers/define";
import { type SafeRequestInit, safeRequest } from "@/lib/delivery/wire/fetch";
import { makeCertificate } from "@/tests/support/certificate";
import { reachTo } from "@/tests/support/outlet";

async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

const provider = (handler: RequestListener) => listen(createServer(handler));

function ask(port: number, changes: Partial<SafeRequestInit> = {}, host = "127.0.0.1") {
  return safeRequest(`http://${host}:${port}/v1/messages?x=1`, { method: "POST", body: "a=b", reach: reachTo(port), ...changes });
}

describe("one request to a provider", () => {
  test("method, path, headers and body arrive, status, headers and body come back", async () => {
    const seen: unknown[] = [];
    const port = await provider(async (request, response) => {
      const body = Buffer.concat(await request.toArray()).toString();
      seen.push([request.method, request.url, request.headers.host, request.headers["x-a"], body]);
      response.writeHead(202, { "X-Reference": "r1", "Set-Cookie": ["a=1", "b=2"] }).end("häppy");
    });
    const response = await ask(port, { headers: { "X-A": "1" } }, "localhost");
    expect(seen).toEqual([["POST", "/v1/messages?x=1", `localhost:${port}`, "1", "a=b"]]);
    expect(response).toMatchObject({ ok: true, status: 202, body: "häppy", whole: true });
    expect(response.ok && [response.headers.get("x-reference"), response.headers.getSetCookie()]).toEqual(["r1", ["a=1", "b=2"]]);
  });

  test.each([301, 302, 303, 307, 308])("R46: a provider's redirect with %d is not followed", async (status) => {
    let visits = 0;
    const port = await provider((_, response) => {
      visits += 1;
      response.writeHead(status, { Location: "/elsewhere" }).end();
    });
    expect(await ask(port)).toMatchObject({ ok: true, status });
    expect(visits).toBe(1);
  });

  test("R46: in clear only into a network that the operator opened, and only on opened ports", async () => {
    let visits = 0;
    const port = await provider((_, response) => {
      visits += 1;
      response.end();
    });
    const lookup = async () => ({ a: ["8.8.8.8"], aaaa: [] });
    const refused = { ok: false, reason: "refused_by_policy", sent: false };
    const closed: Reach = { ...reachTo(), allowPlaintext: true };
    expect(await ask(port, { reach: closed })).toEqual(refused);
    expect(await ask(port, { reach: { ...closed, allowPorts: [port], allowCidrs: [] } })).toEqual(refused);
    expect(await ask(port, { lookup }, "api.example")).toEqual(refused);
    for (const url of ["ftp://127.0.0.1/", "file:///etc/hosts", `http://user:pass@127.0.0.1:${port}/`, "", "http://"]) {
      expect(await safeRequest(url, { method: "GET", reach: reachTo(port) })).toEqual(refused);
    }
    expect(visits).toBe(0);
  });

  test("R43: towards a provider the certificate is checked before anything is said", async () => {
    const certificate = makeCertificate("localhost", "127.0.0.1");
    let visits = 0;
    const port = await listen(
      createTlsServer(certificate, (_, response) => {
        visits += 1;
        response.end("ok");
      }),
    );
    const over = (host: string, ca?: string) =>
      safeRequest(`https://${host}:${port}/`, { method: "GET", reach: reachTo(port), ...(ca && { ca }) });
    const untrusted = { ok: false, reason: "tls_failed", sent: false };
    expect(await over("localhost")).toEqual(untrusted);
    expect(await over("localhost", makeCertificate("localhost").cert)).toEqual(untrusted);
    expect(await over("other.localhost", certificate.cert)).toEqual(untrusted);
    expect(visits).toBe(0);
    for (const host of ["localhost", "127.0.0.1"]) expect(await over(host, certificate.cert)).toMatchObject({ ok: true, body: "ok" });
  });

  test("R48: an answer that is too long is cut, one that trickles ends with the time, and the status stands", async () => {
    const long = await provider((_, response) => response.end("x".repeat(100_000)));
    const cut = await ask(long, { maxBytes: 1000 });
    expect(cut).toMatchObject({ ok: true, status: 200, whole: false });
    expect(cut.ok && cut.body.length).toBe(1000);

    const dripping = await provider((_, response) => {
      response.writeHead(201);
      const timer = setInterval(() => response.write(" "), 20);
      response.on("close", () => clearInterval(timer));
    });
    expect(await ask(dripping, { timeoutMs: 300 })).toMatchObject({ ok: true, status: 201, whole: false });
  });

  test("R70: it is known whether a request may have got out", async () => {
    const silent = await provider(() => undefined);
    expect(await ask(silent, { timeoutMs: 200 })).toEqual({ ok: false, reason: "timeout", sent: true });
    const breaking = await provider((request) => void request.socket.destroy());
    expect(await ask(breaking)).toEqual({ ok: false, reason: "connect_failed", sent: true });
    const noTls = await listen(createTcpServer());
    const secure = await safeRequest(`https://127.0.0.1:${noTls}/`, { method: "GET", reach: reachTo(noTls), timeoutMs: 200 });
    expect(secure).toEqual({ ok: false, reason: "timeout", sent: false });
    expect(await ask(silent, { signal: AbortSignal.abort() })).toMatchObject({ ok: false, reason: "temporary", sent: false });
    expect(await ask(1, { timeoutMs: 2000 })).toEqual({ ok: false, reason: "connect_failed", sent: false });
    const unknown = async () => ({ a: [], aaaa: [] });
    expect(await ask(silent, { lookup: unknown }, "nowhere.example")).toEqual({ ok: false, reason: "dns_failed", sent: false });
  });

  test("R38: a header with a line break is not sent", async () => {
    let visits = 0;
    const port = await provider((_, response) => {
      visits += 1;
      response.end();
    });
    expect(await ask(port, { headers: { "X-A": "1\r\nX-B: 2" } })).toEqual({ ok: false, reason: "rejected", sent: false });
    expect(visits).toBe(0);
  });
});
