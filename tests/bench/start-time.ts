import { execFileSync, spawn, spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { at, root } from "../../scripts/parts/paths.ts";
import { freePort } from "../../scripts/parts/ports.ts";
import { record } from "./table.ts";

const READY = /Ready after ([\d.]+) s/;

/** `npm start` in a copy of the sources with its packages in place: with nothing built, and again. */
export async function benchStart(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "reachable-start-"));
  chmodSync(folder, 0o711);
  try {
    for (const file of sources()) cpSync(at(file), join(folder, file), { recursive: true });
    copyPackages(join(folder, "node_modules"));
    record({ what: "npm start to ready, first, packages installed", measured: `${(await startOnce(folder)).toFixed(1)} s` });
    record({ what: "npm start to ready, second", measured: `${(await startOnce(folder)).toFixed(1)} s` });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function sources(): string[] {
  const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "-z"], { cwd: root, encoding: "utf8" });
  const gone = new Set(execFileSync("git", ["ls-files", "--deleted", "-z"], { cwd: root, encoding: "utf8" }).split("\0"));
  return listed.split("\0").filter((file) => file !== "" && !gone.has(file));
}

// Linked rather than copied where the file system can.
function copyPackages(to: string): void {
  if (spawnSync("cp", ["-al", at("node_modules"), to]).status === 0) return;
  rmSync(to, { recursive: true, force: true });
  spawnSync("cp", ["-a", at("node_modules"), to]);
}

/** Seconds from the command to the printed address, by this clock. */
async function startOnce(folder: string): Promise<number> {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, PORT: String(await freePort()) } as unknown as NodeJS.ProcessEnv;
  const startedAt = performance.now();
  const child = spawn("npm", ["start"], { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  let output = "";
  const seconds = await new Promise<number>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      if (READY.test(output)) resolve((performance.now() - startedAt) / 1000);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    void ended.then(() => reject(new Error(`npm start ended by itself:\n${output}`)));
  });
  child.kill("SIGTERM");
  await ended;
  return seconds;
}
