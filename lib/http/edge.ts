import { randomBytes } from "node:crypto";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { newRequestId } from "@/lib/core/ids";
import { logger } from "@/lib/core/logger";
import { redactPath } from "@/lib/core/redact";
import { ASKED_METHOD } from "./asked-method";
import { untrustedHop } from "./client-address";
import { waitingRequests } from "./early-requests";
import { contentSecurityPolicy, type PolicySettings, securityHeaders } from "./security-headers";
import { isShuttingDown, trackServer } from "./shutdown";
import type { SiteMap } from "./site-map";
import { withoutTrailingSlashes } from "./trailing-slashes";

export type EdgeSettings = PolicySettings & { readonly trustedProxies: number; readonly site: SiteMap };

type RequestStart = { request: IncomingMessage; response: ServerResponse; server: Server };

const CHANNEL = "http.server.request.start";
const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);
const ACTION_TYPE = /^(?:multipart\/form-data|application\/x-www-form-urlencoded)\b/i;
const QUIET_PATHS = new Set(["/healthz", "/readyz"]);

/** What a client may not tell us: who it is, which host it meant, and what Next tells itself. */
const FOREIGN_HEADER =
  /^(?:forwarded|x-real-ip|x-forwarded-.*|x-request-id|x-nonce|x-asked-for|x-asked-method|x-middleware-.*|x-invoke-.*|content-security-policy(?:-report-only)?)$/;

/**
 * Node tells this channel of every request before the server's own listener gets it, so what is done here holds for pages,
 * actions, routes and files alike (docs/adr/0004). Gives back how to take it off again.
 */
export function installEdge(settings: EdgeSettings): () => void {
  const listener = (message: unknown) => {
    const { request, response, server } = message as RequestStart;
    trackServer(server);
    guardRequest(request, response, settings);
  };
  subscribe(CHANNEL, listener);
  for (const { request, response } of waitingRequests()) {
    guardRequest(request, response, settings);
    response.setHeader("Connection", "close");
  }
  return () => unsubscribe(CHANNEL, listener);
}

/** Of these Node keeps the first alone, and a proxy before us may have looked at the last. */
const ONCE = ["authorization", "content-type"];

/** The same for everybody; how long they may be kept, they say themselves. */
const DESCRIPTIONS = "/api/openapi/";

function guardRequest(request: IncomingMessage, response: ServerResponse, settings: EdgeSettings): void {
  const requestId = newRequestId();
  const path = pathOf(request.url ?? "/");
  try {
    const nonce = randomBytes(16).toString("base64");
    logWhenDone(request, response, path, { requestId, quiet: QUIET_PATHS.has(path) || settings.site.isFile(path) });
    rewriteRequest(request, { requestId, nonce }, settings);
    for (const [name, value] of Object.entries(securityHeaders(path, nonce, settings))) {
      response.setHeader(name, value);
    }
    if (!settings.site.isFile(path) && !path.startsWith(DESCRIPTIONS)) {
      response.setHeader("Cache-Control", "no-store");
    }
    response.setHeader("X-Request-Id", requestId);
    if (isShuttingDown()) {
      response.setHeader("Connection", "close");
    }
    if (settings.site.isProgram(path)) {
      request.url = withoutSlashesBehindPath(request.url ?? "/");
      if (!METHODS.has(request.method ?? "")) {
        passOn(request);
      }
      return;
    }
    const allow = refusal(request, path, settings.site);
    if (allow !== null) {
      response.setHeader("Allow", allow);
      divert(request);
    }
  } catch (error) {
    logger.error({ err: error, requestId }, "a request could not be guarded");
    divert(request);
  }
}

/** The methods to answer with when this one is not taken (R59). Routes refuse for themselves what they do not know. */
function refusal(request: IncomingMessage, path: string, site: SiteMap): string | null {
  const method = request.method ?? "";
  if (method === "GET" || method === "HEAD") {
    return null;
  }
  if (site.isPage(path)) {
    const isAction = "next-action" in request.headers || ACTION_TYPE.test(request.headers["content-type"] ?? "");
    return method === "POST" && isAction ? null : "GET, HEAD, POST";
  }
  return METHODS.has(method) && !site.isFile(path) ? null : "GET, HEAD";
}

function rewriteRequest(request: IncomingMessage, own: { requestId: string; nonce: string }, settings: EdgeSettings): void {
  const asked = originForm(request.url ?? "/");
  const forwardedFor = request.headers["x-forwarded-for"];
  const { host, protocol } = new URL(settings.appOrigin);
  const written: Record<string, string> = {
    "x-forwarded-for": untrustedHop(request.socket.remoteAddress, [forwardedFor].flat().join(","), settings.trustedProxies),
    "x-forwarded-host": host,
    "x-forwarded-proto": protocol.slice(0, -1),
    "x-request-id": own.requestId,
    "x-nonce": own.nonce,
    "x-asked-for": asked,
    "content-security-policy": contentSecurityPolicy(own.nonce, settings),
  };
  for (const name of Object.keys(request.headers).filter((key) => FOREIGN_HEADER.test(key))) {
    delete request.headers[name];
  }
  Object.assign(request.headers, written, together(request.rawHeaders));
  request.rawHeaders = [...ownPairs(request.rawHeaders), ...Object.entries(written)].flat();
  request.url = decodable(asked);
}

/** A request as proxies write it names a host besides; Next would lead its client there. */
function originForm(url: string): string {
  const own = url.replace(/^https?:\/\/[^/?#]*/i, "");
  return own === url || own.startsWith("/") ? own : `/${own}`;
}

/** Broken escapes name nothing: as plain text they lead to the 404 of whoever has the paths around, in its own shape. */
function decodable(url: string): string {
  const [path = ""] = url.split("?", 1);
  try {
    decodeURIComponent(path);
    return url;
  } catch {
    return path.replaceAll("%", "%25") + url.slice(path.length);
  }
}

/** Next would lead a program to the path without them, which not all follow. */
function withoutSlashesBehindPath(url: string): string {
  const [path = ""] = url.split("?", 1);
  return withoutTrailingSlashes(path) + url.slice(path.length);
}

/** Headers that came more than once, as one value that fits nowhere: nobody chooses among them. */
function together(rawHeaders: readonly string[]): Record<string, string> {
  const repeated = ONCE.map(
    (name) => [name, rawHeaders.filter((_, at) => at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === name)] as const,
  );
  return Object.fromEntries(repeated.filter(([, values]) => values.length > 1).map(([name, values]) => [name, values.join(", ")]));
}

function ownPairs(rawHeaders: readonly string[]): [string, string][] {
  const pairs: [string, string][] = [];
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? "";
    if (!FOREIGN_HEADER.test(name.toLowerCase())) {
      pairs.push([name, rawHeaders[at + 1] ?? ""]);
    }
  }
  return pairs;
}

/** Next answers a method that it does not know by itself, and an API has its own shape for that: OPTIONS is the way to it. */
function passOn(request: IncomingMessage): void {
  const method = request.method ?? "";
  request.headers[ASKED_METHOD] = method;
  request.rawHeaders.push(ASKED_METHOD, method);
  request.method = "OPTIONS";
}

/** The server's listener runs whatever happens here, so a refused request is led to where every POST is a 405. */
function divert(request: IncomingMessage): void {
  request.method = "POST";
  request.url = "/healthz";
}

function logWhenDone(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  { requestId, quiet }: { requestId: string; quiet: boolean },
): void {
  const method = request.method;
  const started = performance.now();
  response.once("close", () => {
    const ms = Math.round(performance.now() - started);
    const entry = { requestId, method, path: redactPath(path), status: response.statusCode, ms };
    logger[quiet ? "debug" : "info"](response.writableFinished ? entry : { ...entry, aborted: true }, "request");
  });
}

/** The decoded path; broken escapes are taken as they come. */
function pathOf(url: string): string {
  const path = originForm(url).split(/[?#]/, 1)[0] ?? "/";
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
