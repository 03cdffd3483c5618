import { createServer, type IncomingHttpHeaders, type IncomingMessage, type Server, type ServerResponse, request as send } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { setLogLevel } from "@/lib/core/logger";
import { type EdgeSettings, installEdge } from "./edge";

type Seen = { method: string | undefined; url: string | undefined; headers: IncomingHttpHeaders; rawHeaders: string[] };

const settings: EdgeSettings = {
  appOrigin: "https://reach.example",
  mode: "production",
  trustedProxies: 0,
  site: {
    isPage: (path) => path === "/page" || path.startsWith("/verify/"),
    isFile: (path) => path === "/file.svg",
    isProgram: (path) => /^\/api\/v1\/x\/*$/.test(path),
  },
};
const cleanups: (() => unknown)[] = [];

beforeAll(() => setLogLevel("silent"));
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) {
    await cleanup();
  }
});

type Listener = (request: IncomingMessage, response: ServerResponse) => void;
const echo: Listener = (request, response) => {
  const { method, url, headers, rawHeaders } = request;
  response.end(JSON.stringify({ method, url, headers, rawHeaders } satisfies Seen));
};

async function listen(listener: Listener = echo): Promise<Server> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  cleanups.push(() => new Promise((resolve) => server.close(resolve)));
  return server;
}

const portOf = (server: Server) => (server.address() as AddressInfo).port;

async function ask(server: Server, path: string, method = "GET", headers: Record<string, string | string[]> = {}) {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    send({ port: portOf(server), host: "127.0.0.1", path, method, headers, agent: false }, resolve)
      .on("error", reject)
      .end();
  });
  const body = await text(response);
  return { headers: response.headers, seen: (body === "" ? {} : JSON.parse(body)) as Seen };
}

const install = (changes: Partial<EdgeSettings> = {}) => cleanups.push(installEdge({ ...settings, ...changes }));

describe("the edge", () => {
  it("R25: a forged x-forwarded-for is replaced by the socket's address", async () => {
    install();
    const { seen } = await ask(await listen(), "/", "GET", { "X-Forwarded-For": "198.51.100.1", "x-real-ip": "198.51.100.1" });
    expect(seen.headers["x-forwarded-for"]).toBe("127.0.0.1");
    expect(JSON.stringify(seen)).not.toContain("198.51.100.1");
  });

  it("R52: of a credential or a media type that comes twice none is chosen", async () => {
    install();
    const server = await listen();
    const { seen } = await ask(server, "/", "POST", {
      Authorization: ["Bearer one", "Bearer two"],
      "content-type": ["text/plain", "application/json"],
    });
    expect(seen.headers).toMatchObject({ authorization: "Bearer one, Bearer two", "content-type": "text/plain, application/json" });
    const once = await ask(server, "/", "POST", { Authorization: "Bearer one", "content-type": "application/json" });
    expect(once.seen.headers).toMatchObject({ authorization: "Bearer one", "content-type": "application/json" });
  });

  it.each([
    ["http://elsewhere.example/page?q=1", "/page?q=1"],
    ["HTTPS://elsewhere.example", "/"],
    ["http://elsewhere.example?q=1", "/?q=1"],
    ["/page?to=http://elsewhere.example/", "/page?to=http://elsewhere.example/"],
  ])("R14: a request that names a host besides is one for the path alone: %s", async (path, url) => {
    install();
    const { seen } = await ask(await listen(), path);
    expect([seen.url, seen.headers["x-asked-for"]]).toEqual([url, url]);
  });

  it("R25: behind one proxy, the hop that it saw counts", async () => {
    install({ trustedProxies: 1 });
    const { seen } = await ask(await listen(), "/", "GET", { "x-forwarded-for": "198.51.100.1, 203.0.113.7" });
    expect(seen.headers["x-forwarded-for"]).toBe("203.0.113.7");
    expect(JSON.stringify(seen)).not.toContain("198.51.100.1");
  });

  it.each([0, 1])("R14: host and scheme are the setting's, with %i proxies", async (trustedProxies) => {
    install({ trustedProxies });
    const forged = {
      "x-forwarded-host": "evil.example",
      "x-forwarded-proto": "http",
      forwarded: "host=evil.example",
      "x-forwarded-port": "81",
    };
    const { seen } = await ask(await listen(), "/", "GET", forged);
    expect(seen.headers).toMatchObject({ "x-forwarded-host": "reach.example", "x-forwarded-proto": "https" });
    expect(JSON.stringify(seen)).not.toMatch(/evil|"81"/);
  });

  it.each([
    ["/v1/things/%E0%A4%A?q=%zz", "/v1/things/%25E0%25A4%25A?q=%zz"],
    ["/v1/%", "/v1/%25"],
    ["/v1/%E3%81%82?a=%E3%81%82", "/v1/%E3%81%82?a=%E3%81%82"],
    ["/?q=%", "/?q=%"],
  ])("a path with broken escapes is asked for as it is written: %s", async (path, url) => {
    install();
    expect((await ask(await listen(), path)).seen.url).toBe(url);
  });

  it("R58: the nonce is ours and new each time; one that the client sends goes nowhere", async () => {
    install();
    const server = await listen();
    const forged = {
      "content-security-policy": "script-src 'nonce-evil'",
      "content-security-policy-report-only": "script-src 'nonce-evil'",
    };
    const [one, two] = [await ask(server, "/", "GET", forged), await ask(server, "/", "GET", { "x-nonce": "evil" })];
    expect(JSON.stringify([one.seen, two.seen])).not.toContain("evil");
    const nonces = [one, two].map(({ headers }) => /'nonce-([A-Za-z0-9+/]{22}==)'/.exec(String(headers["content-security-policy"]))?.[1]);
    expect(new Set(nonces).size).toBe(2);
    expect(one.seen.headers["content-security-policy"]).toBe(one.headers["content-security-policy"]);
    expect([one, two].map(({ seen }) => seen.headers["x-nonce"])).toEqual(nonces);
  });

  it("R66: the request id is ours, and the answer names the one that the code saw", async () => {
    install();
    const { seen, headers } = await ask(await listen(), "/", "GET", { "x-request-id": "req_forged" });
    expect(headers["x-request-id"]).toMatch(/^req_[0-9a-z]{16}$/);
    expect(seen.headers["x-request-id"]).toBe(headers["x-request-id"]);
  });

  it("what else a client sends stays, raw and parsed", async () => {
    install();
    const { seen } = await ask(await listen(), "/a?b=c", "GET", { Accept: "text/html", Cookie: "a=b", "x-middleware-subrequest": "x" });
    expect(seen).toMatchObject({ method: "GET", url: "/a?b=c", headers: { accept: "text/html", cookie: "a=b" } });
    expect(seen.rawHeaders).toEqual(expect.arrayContaining(["Accept", "text/html", "Cookie", "a=b"]));
    expect(JSON.stringify(seen)).not.toContain("x-middleware");
  });

  it("R58: nothing but files and the APIs' documents may be stored", async () => {
    install();
    const server = await listen();
    expect((await ask(server, "/page")).headers["cache-control"]).toBe("no-store");
    expect((await ask(server, "/api/x")).headers["cache-control"]).toBe("no-store");
    expect((await ask(server, "/api/openapi/native.json")).headers["cache-control"]).toBeUndefined();
    expect((await ask(server, "/file.svg")).headers["cache-control"]).toBeUndefined();
  });

  it("R13: a token's page is marked however its path is written", async () => {
    install();
    const server = await listen();
    for (const path of ["/verify/abc", "/%76erify/abc", "http://reach.example/verify/abc", "/verify/%zz"]) {
      expect((await ask(server, path)).headers["x-robots-tag"]).toBe("noindex");
    }
  });

  it.each([
    ["TRACE", "/page", {}, "GET, HEAD, POST"],
    ["TRACE", "/api/x", {}, "GET, HEAD"],
    ["PROPFIND", "/api/x", {}, "GET, HEAD"],
    ["POST", "/file.svg", {}, "GET, HEAD"],
    ["PUT", "/page", {}, "GET, HEAD, POST"],
    ["DELETE", "/page", {}, "GET, HEAD, POST"],
    ["OPTIONS", "/page", {}, "GET, HEAD, POST"],
    ["POST", "/page", {}, "GET, HEAD, POST"],
    ["POST", "/page", { "content-type": "application/json" }, "GET, HEAD, POST"],
  ])("R59: %s %s %j is led away, and the answer says what is allowed", async (method, path, headers, allow) => {
    install();
    const answer = await ask(await listen(), path, method, headers);
    expect(answer.headers.allow).toBe(allow);
    expect(answer.seen).toMatchObject({ method: "POST", url: "/healthz" });
  });

  it.each(["TRACE", "PROPFIND", "QUERY"])(
    "R59: %s at an API's path comes to that API, which refuses it in its own shape",
    async (method) => {
      install();
      const { seen } = await ask(await listen(), "/api/v1/x", method, { "x-asked-method": "GET" });
      expect([seen.method, seen.url, seen.headers["x-asked-method"]]).toEqual(["OPTIONS", "/api/v1/x", method]);
      expect(seen.rawHeaders.filter((_, at) => seen.rawHeaders[at - 1] === "x-asked-method")).toEqual([method]);
    },
  );

  it("a slash behind an API's path is none, and behind a page's is left to Next", async () => {
    install();
    const server = await listen();
    const asked = ["/api/v1/x/", "/api/v1/x//?a=b/", "/api/v1/x?a=b/", "/api/v1/x?a=b/?", "/page/"];
    const urls = await Promise.all(asked.map(async (path) => (await ask(server, path)).seen.url));
    expect(urls).toEqual(["/api/v1/x", "/api/v1/x?a=b/", "/api/v1/x?a=b/", "/api/v1/x?a=b/?", "/page/"]);
  });

  it.each([
    ["POST", "/page", { "content-type": "multipart/form-data; boundary=x" }],
    ["POST", "/page", { "next-action": "abc", "content-type": "text/plain;charset=UTF-8" }],
    ["HEAD", "/page", {}],
    ["HEAD", "/file.svg", {}],
    ["DELETE", "/api/x", {}],
    ["OPTIONS", "/api/x", {}],
    ["OPTIONS", "/api/v1/x", { "x-asked-method": "TRACE" }],
  ])("R59: %s %s %j goes where it is meant to", async (method, path, headers) => {
    install();
    const seen: (string | undefined)[] = [];
    const server = await listen((request, response) => {
      seen.push(request.method, request.url);
      response.end();
    });
    const answer = await ask(server, path, method, headers);
    expect(seen).toEqual([method, path]);
    expect(answer.headers.allow).toBeUndefined();
  });

  it("R25: a request that was waiting before the edge was there is guarded too", async () => {
    const waiting: [IncomingMessage, ServerResponse][] = [];
    let arrived: () => void = () => undefined;
    const arrival = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const server = await listen((request, response) => {
      waiting.push([request, response]);
      arrived();
    });
    const answer = ask(server, "/early", "GET", { "x-forwarded-for": "198.51.100.1" });
    await arrival;
    install();
    for (const [request, response] of waiting) {
      echo(request, response);
    }
    const { seen, headers } = await answer;
    expect(seen.headers["x-forwarded-for"]).toBe("127.0.0.1");
    expect(headers).toMatchObject({ connection: "close", "x-content-type-options": "nosniff", "cache-control": "no-store" });
    expect(headers["x-request-id"]).toBe(seen.headers["x-request-id"]);
  });

  it("R42: a request line that no parser of ours reads is answered by Node, not by us", async () => {
    install();
    const server = await listen();
    const socket = connect(portOf(server), "127.0.0.1", () => socket.end("GET / HTTP/1.1\r\nHost: a\r\nX\u0000: b\r\n\r\n"));
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 400 /);
  });
});
