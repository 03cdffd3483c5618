import { logger } from "@/lib/core/logger";
import { prisma } from "@/lib/db/client";

const EVERY_MS = 10_000;

/** Says every ten seconds that this worker lives (R73), until it is stopped. */
export async function startHeartbeat(id: string): Promise<{ stop(): Promise<void> }> {
  await beat(id);
  let last: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    last = beat(id).catch((error: unknown) => logger.error({ err: error }, "the heartbeat could not be written"));
  }, EVERY_MS);
  return {
    stop: async () => {
      clearInterval(timer);
      await last;
      await prisma().$executeRaw`DELETE FROM worker_heartbeat WHERE id = ${id}::uuid`;
    },
  };
}

async function beat(id: string): Promise<void> {
  await prisma().$executeRaw`
    INSERT INTO worker_heartbeat (id, at) VALUES (${id}::uuid, now()) ON CONFLICT (id) DO UPDATE SET at = excluded.at`;
}
