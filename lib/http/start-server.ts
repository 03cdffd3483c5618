import { logger, setLogLevel } from "@/lib/core/logger";
import { redactPath } from "@/lib/core/redact";
import { parseKeyring } from "@/lib/crypto/keyring";
import { closePrisma } from "@/lib/db/client";
import { env } from "@/lib/env";
import { flushApiRequests } from "@/lib/services/api-requests/record";
import { bootFailure } from "@/lib/services/boot/boot-failure";
import { checkBoot } from "@/lib/services/boot/check-boot";
import { installEdge } from "./edge";
import { logConsole } from "./log-console";
import { installShutdown, onShutdown } from "./shutdown";
import { readSiteMap } from "./site-map";

/** What a server process needs before its first request. A setting that is missing or wrong ends it with one sentence. */
export function startServerParts(): void {
  const settings = readSettings();
  setLogLevel(settings.logLevel);
  if (settings.turnstile && settings.turnstile.secretKey === null) {
    logger.warn("TURNSTILE_SITE_KEY is set and TURNSTILE_SECRET_KEY is not: nobody can sign in, add or send again");
  }
  keepServing();
  installEdge({ ...settings, site: readSiteMap(process.cwd()) });
  if (settings.mode === "production") {
    logConsole();
    // in this order: the lines of the last requests are written before the pool closes
    onShutdown(async () => {
      await flushApiRequests();
      await closePrisma();
    });
    installShutdown();
  }
}

/** Fails closed: a database that cannot be asked, or a role that could walk around its walls, is no start. */
export async function refuseUnsafeStart(): Promise<void> {
  await checkBoot().catch(stop);
}

function stop(error: unknown): never {
  process.stderr.write(`The console could not start: ${bootFailure(error)}.\n`);
  return process.exit(1);
}

export function logRequestError(error: unknown, request: Readonly<{ path: string; method: string; headers: object }>, route: string): void {
  const { "x-request-id": requestId } = request.headers as Record<string, unknown>;
  logger.error({ err: error, requestId, method: request.method, path: redactPath(request.path), route }, "a request failed");
}

function readSettings() {
  try {
    const settings = env();
    parseKeyring(settings.secretsKeys, "SECRETS_KEYS");
    parseKeyring(settings.codePeppers, "CODE_PEPPERS");
    return settings;
  } catch (error) {
    return stop(error);
  }
}

/** R75: what nobody caught is logged, and the others are served on. */
function keepServing(): void {
  process.on("uncaughtException", (error) => logger.fatal({ err: error }, "uncaught exception"));
  process.on("unhandledRejection", (reason) => logger.fatal({ err: reason }, "unhandled rejection"));
}
