import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { generateClient } from "./build.ts";
import { bundlePrograms, isProgram } from "./bundle.ts";
import { at } from "./paths.ts";

// Without a build of the console: an operator migrates before the new version starts.
const folder = at(".next/programs");
const name = process.argv[2] ?? "";
if (!isProgram(name)) throw new Error(`There is no program "${name}".`);
generateClient(console.error);
await bundlePrograms(folder, [name]);
await import(pathToFileURL(join(folder, `${name}.mjs`)).href);
