import { join } from "node:path";

export const root = join(import.meta.dirname, "../..");
export const at = (...parts: string[]): string => join(root, ...parts);
/** What `npm start` runs; `npm run dev` has its bundles beside it. */
export const standalone = at(".next/standalone");
export const devBundles = at(".next/dev-parts");
