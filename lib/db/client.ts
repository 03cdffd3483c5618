import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { logger } from "@/lib/core/logger";
import { PrismaClient } from "@/lib/db/generated/client";
import { OpeningClient, statementName } from "@/lib/db/opening-client";
import { env } from "@/lib/env";

const holder = globalThis as unknown as { reachablePrisma?: PrismaClient };

/** The one database client of this process, connected as the app's role (R63). */
export function prisma(): PrismaClient {
  holder.reachablePrisma ??= new PrismaClient({ adapter: createAdapter() });
  return holder.reachablePrisma;
}

export async function closePrisma(): Promise<void> {
  await holder.reachablePrisma?.$disconnect();
  delete holder.reachablePrisma;
}

function createAdapter(): PrismaPg {
  const pool = new pg.Pool({
    Client: OpeningClient,
    connectionString: env().databaseUrl,
    max: env().databasePoolSize,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    application_name: "reachable",
  } as pg.PoolConfig);
  return new PrismaPg(pool, {
    disposeExternalPool: true,
    // the type wants a name always; pg, which gets it, does not
    statementNameGenerator: ({ sql }) => statementName(sql) as string,
    // R75: a lost idle connection is logged and replaced; without a handler it would end the process
    onPoolError: (error) => logger.error({ err: error }, "database pool error"),
    onConnectionError: (error) => logger.error({ err: error }, "database connection error"),
  });
}
