import { Prisma } from "@/lib/db/generated/client";

/** Whether the database ended this transaction because two waited for each other; nothing of it was done. */
export function isDeadlock(error: unknown): boolean {
  return (
    error instanceof Prisma.PrismaClientKnownRequestError &&
    (error.code === "P2034" || (error.code === "P2010" && JSON.stringify(error.meta ?? {}).includes("40P01")))
  );
}

/** The name of the unique constraint that refused a write, or null for any other error. */
export function violatedConstraint(error: unknown): string | null {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) {
    return null;
  }
  const text = JSON.stringify(error.meta ?? {});
  if (error.code === "P2002") {
    return /"index":"([^"]+)"/.exec(text)?.[1] ?? /constraint \\"([^"\\]+)\\"/.exec(text)?.[1] ?? "unknown";
  }
  // a raw query: the database's own message names it
  if (error.code === "P2010" && text.includes("23505")) {
    return /constraint \\+"([^"\\]+)\\+"/.exec(`${text} ${JSON.stringify(error.message)}`)?.[1] ?? "unknown";
  }
  return null;
}
