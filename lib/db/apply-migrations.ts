import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, type SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import type { MigrationList } from "@prisma/schema-engine-wasm";
import * as engine from "@prisma/schema-engine-wasm/schema_engine_bg";
import pg from "pg";

const WASM = "schema_engine_bg.wasm";
const NO_FILTER = { externalTables: [], externalEnums: [] };

/** Applies what is new under `folder` with Prisma's own engine, which keeps `_prisma_migrations`. Gives the names applied. */
export async function applyMigrations(adminUrl: string, folder: string): Promise<string[]> {
  await loadEngine();
  const scripts = new ScriptRunner(adminUrl);
  const schema = await engine.SchemaEngine.new(
    { datamodels: undefined },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(scripts.factory),
  );
  const migrationsList = await readMigrations(folder);
  try {
    const { appliedMigrationNames } = await schema.applyMigrations({ migrationsList, filters: NO_FILTER });
    return appliedMigrationNames;
  } catch (error) {
    if (scripts.failure === undefined) throw error;
    const failed = migrationsList.migrationDirectories.find(({ migrationFile }) => migrationFile.content.value === scripts.failure?.script);
    // The script was one transaction, so nothing of it is left: it may be tried again.
    if (failed !== undefined) await schema.markMigrationRolledBack({ migrationName: failed.path });
    throw new Error(`${failed?.path ?? "migration"}: ${scripts.failure.error.message}`, { cause: scripts.failure.error });
  } finally {
    schema.free();
    await scripts.end();
  }
}

/** Prisma's adapter, but for scripts: it cuts them at every ";", also inside a function's body. Sent whole, one is one transaction. */
class ScriptRunner {
  failure: { script: string; error: Error } | undefined;
  readonly factory: SqlMigrationAwareDriverAdapterFactory;
  readonly #pool: pg.Pool;

  constructor(adminUrl: string) {
    this.#pool = new pg.Pool({ connectionString: adminUrl, max: 2 });
    const prisma = new PrismaPg(this.#pool);
    const connect = async () => {
      const adapter = await prisma.connect();
      adapter.executeScript = (script) => this.#run(script);
      return adapter;
    };
    this.factory = {
      provider: prisma.provider,
      adapterName: prisma.adapterName,
      connect,
      connectToShadowDb: () => prisma.connectToShadowDb(),
    };
  }

  async end(): Promise<void> {
    await this.#pool.end();
  }

  async #run(script: string): Promise<void> {
    try {
      await this.#pool.query(script);
    } catch (error) {
      this.failure = { script, error: error as Error };
      throw error;
    }
  }
}

let loaded: Promise<void> | undefined;

function loadEngine(): Promise<void> {
  loaded ??= (async () => {
    const { instance } = await WebAssembly.instantiate(await readFile(wasmFile()), {
      "./schema_engine_bg.js": engine as WebAssembly.ModuleImports,
    });
    engine.__wbg_set_wasm(instance.exports);
    (instance.exports as { __wbindgen_start(): void }).__wbindgen_start();
  })();
  return loaded;
}

function wasmFile(): string {
  const besideBundle = join(import.meta.dirname, WASM);
  if (existsSync(besideBundle)) return besideBundle;
  return join(dirname(createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm")), WASM);
}

async function readMigrations(baseDir: string): Promise<MigrationList> {
  const entries = await readdir(baseDir, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const migrationDirectories = await Promise.all(
    names.sort().map(async (name) => ({
      path: name,
      migrationFile: {
        path: "migration.sql",
        content: { tag: "ok" as const, value: await readFile(join(baseDir, name, "migration.sql"), "utf8") },
      },
    })),
  );
  const lockfile = { path: "migration_lock.toml", content: await readFile(join(baseDir, "migration_lock.toml"), "utf8") };
  return { baseDir, lockfile, shadowDbInitScript: "", migrationDirectories };
}
