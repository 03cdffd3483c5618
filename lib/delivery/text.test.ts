import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { type OutgoingText, sendText } from "@/lib/delivery/text";
import { makeCertificate } from "@/tests/support/certificate";

const running: Array<() => unknown> = [];

afterEach(async () => {
  for (const stop of running.splice(0)) await stop();
});

async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  running.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as AddressInfo).port;
}

async function provider(handler: RequestListener): Promise<string> {
  return `http://127.0.0.1:${await listen(createServer(handler))}/messages`;
}

function text(url: string, changes: Partial<OutgoingText> = {}): OutgoingText {
  return { url, to: "+819012345678", text: "確認コード 012345", reference: "m-1", ...changes };
}

describe("sendText", () => {
  test("R70: the provider gets number, text and our reference", async () => {
    const seen: Array<Record<string, unknown>> = [];
    const url = await provider(async (request, response) => {
      const body = JSON.parse(Buffer.concat(await request.toArray()).toString("utf8"));
      const { "content-type": type, "idempotency-key": key, authorization } = request.headers;
      seen.push({ method: request.method, path: request.url, type, key, authorization, body });
      response.writeHead(202).end('{"id":"SM1"}');
    });
    expect(await sendText(text(url.replace("//", "//user:p%40ss@")))).toEqual({ outcome: "sent", providerReference: "SM1" });
    expect(seen).toEqual([
      {
        method: "POST",
        path: "/messages",
        type: "application/json",
        key: "m-1",
        authorization: `Basic ${Buffer.from("user:p@ss").toString("base64")}`,
        body: { to: "+819012345678", text: "確認コード 012345", reference: "m-1" },
      },
    ]);
  });

  test.each([
    ["", undefined],
    ["ok", undefined],
    ["null", undefined],
    ['{"sid":42}', "42"],
    ['{"id":{}}', undefined],
    [`{"id":"${"x".repeat(1000)}"}`, "x".repeat(200)],
    [`{"pad":"${"x".repeat(100_000)}","id":"a"}`, undefined],
  ])("R70: accepted is sent, whatever it says (%#)", async (body, providerReference) => {
    const url = await provider((_, response) => response.writeHead(200).end(body));
    expect(await sendText(text(url))).toEqual({ outcome: "sent", ...(providerReference && { providerReference }) });
  });

  test("R70: accepted stays sent when the answer breaks off", async () => {
    const url = await provider((_, response) => {
      response.writeHead(200, { "Content-Length": "100" }).write("{");
      setImmediate(() => response.destroy());
    });
    expect(await sendText(text(url))).toEqual({ outcome: "sent" });
  });

  test.each([
    [400, "refused", "rejected"],
    [401, "refused", "auth_failed"],
    [403, "refused", "auth_failed"],
    [404, "refused", "rejected"],
    [408, "temporary", "temporary"],
    [422, "refused", "rejected"],
    [429, "temporary", "temporary"],
    [500, "temporary", "temporary"],
    [502, "unknown", "unknown_outcome"],
    [503, "temporary", "temporary"],
    [504, "unknown", "unknown_outcome"],
  ])("R71: %d is %s", async (httpStatus, outcome, reason) => {
    const url = await provider((_, response) => response.writeHead(httpStatus).end("secret detail"));
    expect(await sendText(text(url))).toEqual({ outcome, reason, httpStatus });
  });

  test.each([301, 302, 307, 308])("R46: a redirect with %d is not followed", async (httpStatus) => {
    let visits = 0;
    const url = await provider((_, response) => {
      visits += 1;
      response.writeHead(httpStatus, { Location: "/elsewhere" }).end();
    });
    expect(await sendText(text(url))).toEqual({ outcome: "refused", reason: "rejected", httpStatus });
    expect(visits).toBe(1);
  });

  test("R70: no answer in time leaves the outcome unknown", async () => {
    const url = await provider(() => {});
    expect(await sendText(text(url, { timeoutMs: 200 }))).toEqual({ outcome: "unknown", reason: "unknown_outcome" });
  });

  test("R70: a connection that breaks after the request leaves the outcome unknown", async () => {
    const url = await provider((request) => request.socket.destroy());
    expect(await sendText(text(url))).toEqual({ outcome: "unknown", reason: "unknown_outcome" });
  });

  test("R48: an answer that trickles ends with the timeout, and stays sent", async () => {
    const url = await provider((_, response) => {
      response.writeHead(200);
      const dripping = setInterval(() => response.write(" "), 20);
      response.on("close", () => clearInterval(dripping));
    });
    expect(await sendText(text(url, { timeoutMs: 300 }))).toEqual({ outcome: "sent" });
  });

  test("R71: what never reached the provider is temporary", async () => {
    const url = await provider(() => {});
    await running.pop()?.();
    expect(await sendText(text(url))).toEqual({ outcome: "temporary", reason: "connect_failed" });
    expect(await sendText(text("http://sms.invalid/"))).toEqual({ outcome: "temporary", reason: "dns_failed" });
    expect(await sendText(text(url, { signal: AbortSignal.abort() }))).toEqual({ outcome: "temporary", reason: "temporary" });
  });

  test("R43: over TLS the certificate is checked before anything is said", async () => {
    const certificate = makeCertificate("localhost");
    let visits = 0;
    const port = await listen(
      createTlsServer(certificate, (_, response) => {
        visits += 1;
        response.writeHead(200).end();
      }),
    );
    const url = `https://localhost:${port}/`;
    expect(await sendText(text(url))).toEqual({ outcome: "temporary", reason: "tls_failed" });
    expect(visits).toBe(0);
    expect(await sendText(text(url, { ca: certificate.cert }))).toEqual({ outcome: "sent" });
  });

  test("R48: a TLS handshake that never comes is a timeout, and temporary", async () => {
    const port = await listen(createTcpServer(() => {}));
    const result = await sendText(text(`https://localhost:${port}/`, { timeoutMs: 200 }));
    expect(result).toEqual({ outcome: "temporary", reason: "timeout" });
  });
});
