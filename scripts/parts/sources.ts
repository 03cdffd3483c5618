import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { root } from "./paths.ts";

/** One digest over every file under `entries`; what `skip` names does not count. */
export function digest(entries: string[], skip: (path: string) => boolean = () => false): string {
  const hash = createHash("sha256");
  for (const file of entries.flatMap((entry) => filesUnder(join(root, entry))).sort()) {
    const name = relative(root, file);
    if (!skip(name)) hash.update(name).update("\0").update(readFileSync(file)).update("\0");
  }
  return hash.digest("hex");
}

function filesUnder(path: string): string[] {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    const inner = join(path, entry.name);
    return entry.isDirectory() ? filesUnder(inner) : [inner];
  });
}
