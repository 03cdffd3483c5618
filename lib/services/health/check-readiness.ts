import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { logger } from "@/lib/core/logger";
import { prisma } from "@/lib/db/client";

const DEADLINE_MS = 1_000;
const FORGET_MS = 10_000;
const CHECKS = { database: answers, migrations: areCurrent, worker: isAlive };

type Name = keyof typeof CHECKS;
export type Readiness = Record<Name, "ok" | "failed">;

const running = new Map<Name, Promise<boolean>>();

export async function checkReadiness(): Promise<Readiness> {
  const names = Object.keys(CHECKS) as Name[];
  const entries = names.map(async (name) => [name, (await within(DEADLINE_MS, ask(name))) ? "ok" : "failed"]);
  return Object.fromEntries(await Promise.all(entries)) as Readiness;
}

/** Probes that come while one is under way share its answer: a slow database is not asked more because it is slow. */
function ask(name: Name): Promise<boolean> {
  const earlier = running.get(name);
  if (earlier !== undefined) {
    return earlier;
  }
  const answer = CHECKS[name]().catch((error: unknown) => {
    logger.warn({ err: error, check: name }, "a readiness check failed");
    return false;
  });
  running.set(name, answer);
  void within(FORGET_MS, answer).then(() => running.delete(name));
  return answer;
}

function within(ms: number, answer: Promise<boolean>): Promise<boolean> {
  const late = new Promise<false>((resolve) => setTimeout(resolve, ms, false).unref());
  return Promise.race([answer, late]);
}

async function answers(): Promise<boolean> {
  await prisma().$queryRaw`SELECT 1`;
  return true;
}

/** Every migration that this build brings is in the database; a newer build may have brought more. */
async function areCurrent(): Promise<boolean> {
  const folder = join(/* turbopackIgnore: true */ process.cwd(), "prisma/migrations");
  const [entries, applied] = await Promise.all([
    readdir(folder, { withFileTypes: true }),
    prisma().$queryRaw<{ name: string }[]>`
      SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`,
  ]);
  const names = new Set(applied.map(({ name }) => name));
  return entries.every((entry) => !entry.isDirectory() || names.has(entry.name));
}

async function isAlive(): Promise<boolean> {
  const beats = await prisma().$queryRaw<unknown[]>`
    SELECT 1 FROM worker_heartbeat WHERE at > now() - interval '30 seconds' LIMIT 1`;
  return beats.length > 0;
}
