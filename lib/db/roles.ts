import pg from "pg";
import { scramVerifier } from "./scram";

const { escapeIdentifier: ident, escapeLiteral: literal } = pg;

/** Migrations grant to these two; the login role of DATABASE_URL is a member of the first, so its name stands in no SQL file. */
const APP_RIGHTS = "reachable_app_rights";
const HOUSEKEEPER = "reachable_housekeeper";

export interface AppLogin {
  name: string;
  password: string;
}

export async function ensureRoles(client: pg.Client, app: AppLogin): Promise<void> {
  for (const name of [APP_RIGHTS, HOUSEKEEPER, app.name]) await createRole(client, name);
  await refuseUnsafe(client, app.name);
  await client.query(`ALTER ROLE ${ident(app.name)} LOGIN PASSWORD ${literal(scramVerifier(app.password))}`);
  await joinAppRights(client, app.name);
  await joinHousekeeper(client);
}

/** Rights on pg-boss's tables: rows yes, definitions no. */
export async function grantJobRights(client: pg.Client, schema: string): Promise<void> {
  await client.query(`
    GRANT USAGE ON SCHEMA ${ident(schema)} TO ${APP_RIGHTS};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${ident(schema)} TO ${APP_RIGHTS};
    GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA ${ident(schema)} TO ${APP_RIGHTS};
    GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${ident(schema)} TO ${APP_RIGHTS};
    GRANT SELECT ON public._prisma_migrations TO ${APP_RIGHTS};
  `);
}

// Roles belong to the whole server, so a migration of a neighbouring database may be making the same one at this moment.
async function createRole(client: pg.Client, name: string): Promise<void> {
  await client.query(`DO $do$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = ${literal(name)}) THEN CREATE ROLE ${ident(name)} NOLOGIN; END IF;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $do$`);
}

async function refuseUnsafe(client: pg.Client, name: string): Promise<void> {
  const { rows } = await client.query<{ unsafe: boolean; self: boolean }>(
    "SELECT rolsuper OR rolbypassrls AS unsafe, rolname = current_user AS self FROM pg_roles WHERE rolname = $1",
    [name],
  );
  if (rows[0]?.self) throw new Error(`DATABASE_URL and DATABASE_ADMIN_URL name the same role "${name}"; the app needs one of its own.`);
  if (rows[0]?.unsafe) throw new Error(`The role "${name}" of DATABASE_URL can bypass row-level security; use another one.`);
}

async function joinAppRights(client: pg.Client, name: string): Promise<void> {
  const { rows } = await client.query<{ has: boolean }>("SELECT pg_has_role($1, $2, 'USAGE') AS has", [name, APP_RIGHTS]);
  if (!rows[0]?.has) await client.query(`GRANT ${APP_RIGHTS} TO ${ident(name)}`);
}

// Whoever gives a function away has to be able to become its new owner; a superuser always is.
async function joinHousekeeper(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ has: boolean }>("SELECT pg_has_role(current_user, $1, 'SET') AS has", [HOUSEKEEPER]);
  if (!rows[0]?.has) await client.query(`GRANT ${HOUSEKEEPER} TO CURRENT_USER`);
}
