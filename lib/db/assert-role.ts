import { prisma } from "@/lib/db/client";

/** Thrown at boot; its message is one sentence for whoever starts the program. */
export class BootError extends Error {}

/** R63: row-level security is a wall only for a role that cannot walk around it. */
export async function assertRole(): Promise<void> {
  const [role] = await prisma().$queryRaw<Array<{ name: string; unsafe: boolean; owner: boolean }>>`
    SELECT rolname::text AS name, rolsuper OR rolbypassrls AS unsafe,
           EXISTS (SELECT 1 FROM pg_class c WHERE c.oid = to_regclass('public.message') AND pg_has_role(c.relowner, 'USAGE')) AS owner
      FROM pg_roles WHERE rolname = current_user`;
  if (!role || role.unsafe || role.owner) {
    const why = role?.owner && !role.unsafe ? "owns the tables" : "can bypass row-level security";
    throw new BootError(`The role "${role?.name ?? "unknown"}" of DATABASE_URL ${why}; give the app a role of its own without that right`);
  }
}
