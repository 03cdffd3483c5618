import { existsSync } from "node:fs";
import { join } from "node:path";
import { migrate } from "@/lib/db/migrate";

const beside = join(import.meta.dirname, "prisma/migrations");
const folder = existsSync(beside) ? beside : join(import.meta.dirname, "../prisma/migrations");

function required(name: "DATABASE_URL" | "DATABASE_ADMIN_URL"): string {
  const value = process.env[name];
  if (value === undefined || value === "") throw new Error(`${name} is not set.`);
  return value;
}

try {
  await migrate({ adminUrl: required("DATABASE_ADMIN_URL"), appUrl: required("DATABASE_URL"), folder, log: console.log });
} catch (error) {
  console.error(`The database could not be migrated: ${error instanceof Error ? error.message || error.name : String(error)}`);
  process.exitCode = 1;
}
// The engine leaves a ten-second timer behind.
process.exit();
