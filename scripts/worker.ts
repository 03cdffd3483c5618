import { newId } from "@/lib/core/ids";
import { logger, setLogLevel } from "@/lib/core/logger";
import { KeyringError } from "@/lib/crypto/keyring";
import { BootError } from "@/lib/db/assert-role";
import { closePrisma } from "@/lib/db/client";
import { startHeartbeat } from "@/lib/delivery/heartbeat";
import { openSystemOutlets } from "@/lib/delivery/outlets";
import { superviseQueues } from "@/lib/delivery/supervise";
import { env, SettingsError } from "@/lib/env";
import { checkBoot } from "@/lib/services/boot/check-boot";
import { startHousekeeping } from "@/lib/services/housekeeping/run";
import { createOutbox } from "@/lib/services/messages/outbox";

/** After this much, what still hangs is left behind; whoever started this process waits 25 s. */
const EXIT_AFTER_MS = 24_000;

try {
  await run();
} catch (error) {
  console.error(`The worker could not start: ${sentence(error)}.`);
  process.exit(1);
}

async function run(): Promise<void> {
  const { workerConcurrency, logLevel } = env();
  setLogLevel(logLevel);
  await checkBoot();
  const id = newId();
  const outlets = openSystemOutlets();
  const outbox = createOutbox(outlets, workerConcurrency);
  const supervision = await superviseQueues();
  const heartbeat = await startHeartbeat(id);
  const housekeeping = startHousekeeping();
  outbox.start();
  logger.info({ worker: id }, "worker started");

  // R75: one thing that went wrong unseen is no reason to let go of everything else
  process.on("uncaughtException", (error) => logger.error({ err: error }, "uncaught exception"));
  process.on("unhandledRejection", (reason) => logger.error({ err: reason }, "unhandled rejection"));

  let ending = false;
  const end = async (): Promise<void> => {
    if (ending) {
      return;
    }
    ending = true;
    setTimeout(() => process.exit(0), EXIT_AFTER_MS).unref();
    await outbox.stop();
    outlets.close();
    const parts = [heartbeat, housekeeping, supervision].map((part) => part.stop());
    for (const result of await Promise.allSettled(parts)) {
      if (result.status === "rejected") {
        logger.error({ err: result.reason }, "a part of the worker did not end in good order");
      }
    }
    await closePrisma();
    logger.info({ worker: id }, "worker ended");
    process.exit(0);
  };
  process.on("SIGTERM", () => void end());
  process.on("SIGINT", () => void end());
}

function sentence(error: unknown): string {
  if (error instanceof SettingsError || error instanceof BootError || error instanceof KeyringError) {
    return error.message;
  }
  const { code, message } = error as { code?: string; message?: string };
  if (code === "P2010" || code === "P2021" || message?.includes("pg-boss")) {
    return "the database is not up to date; run the migrations first";
  }
  return `the database does not answer (${code ?? (error as Error).name})`;
}
