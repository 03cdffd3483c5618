import "./settings";
import { freshDatabase } from "./database";

// The worker's name is used again by its next file, which replaces what the last one left.
const { databaseUrl } = await freshDatabase(`worker_${process.env.VITEST_POOL_ID ?? "0"}`);
process.env.DATABASE_URL = databaseUrl;
