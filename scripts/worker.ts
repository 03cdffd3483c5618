import { newId } from "@/lib/core/ids";
import { logger, setLogLevel } from "@/lib/core/logger";
import { closePrisma } from "@/lib/db/client";
import { startHeartbeat } from "@/lib/delivery/heartbeat";
import { openSystemOutlets } from "@/lib/delivery/outlets";
import { superviseQueues } from "@/lib/delivery/supervise";
import { env } from "@/lib/env";
import { bootFailure } from "@/lib/services/boot/boot-failure";
import { checkBoot } from "@/lib/services/boot/check-boot";
import { startDomainChecks } from "@/lib/services/domains/recheck";
import { startHousekeeping } from "@/lib/services/housekeeping/run";
import { createOutbox } from "@/lib/services/messages/outbox";
import { SenderOutlets } from "@/lib/services/messages/sender-outlets";
import { startWaking } from "@/lib/services/messages/wake";

/** After this much, what still hangs is left behind; whoever started this process waits 25 s. */
const EXIT_AFTER_MS = 24_000;

try {
  await run();
} catch (error) {
  console.error(`The worker could not start: ${bootFailure(error)}.`);
  process.exit(1);
}

async function run(): Promise<void> {
  const { workerConcurrency, logLevel } = env();
  setLogLevel(logLevel);
  await checkBoot();
  const id = newId();
  const outlets = openSystemOutlets();
  const senders = new SenderOutlets();
  const outbox = createOutbox(outlets, senders, workerConcurrency);
  const supervision = await superviseQueues();
  const heartbeat = await startHeartbeat(id);
  const housekeeping = startHousekeeping();
  const domainChecks = startDomainChecks();
  const waking = startWaking();

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
    senders.close();
    for (const part of await Promise.allSettled([
      heartbeat.stop(),
      housekeeping.stop(),
      domainChecks.stop(),
      waking.stop(),
      supervision.stop(),
    ])) {
      if (part.status === "rejected") {
        logger.error({ err: part.reason }, "a part of the worker did not end in good order");
      }
    }
    await closePrisma();
    logger.info({ worker: id }, "worker ended");
    process.exit(0);
  };
  process.on("SIGTERM", () => void end());
  process.on("SIGINT", () => void end());

  outbox.start();
  logger.info({ worker: id }, "worker started");
}
