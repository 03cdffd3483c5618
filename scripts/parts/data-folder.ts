import { execFileSync } from "node:child_process";
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Stop } from "./stop.ts";

const LOG_LIMIT = 10_000_000;
const WAIT_FOR_OTHERS_MS = 40_000;

interface Claim {
  pid: number;
  born: string;
  parts: number[];
}

export interface DataFolder {
  path: string;
  /** Notes a part, so that the next start waits for it should this process be killed. */
  note(pid: number): void;
  release(): void;
}

/** Takes `.data` for this process; a second launcher of the same folder is turned away. */
export async function claimDataFolder(path: string): Promise<DataFolder> {
  try {
    mkdirSync(join(path, "logs"), { recursive: true, mode: 0o700 });
    // As root, Postgres runs under a user of its own, which has to pass through here.
    chmodSync(path, process.getuid?.() === 0 ? 0o711 : 0o700);
  } catch (error) {
    throw new Stop(`${path} cannot be used: ${error instanceof Error ? error.message : String(error)}`);
  }
  const file = join(path, "running.json");
  const claim: Claim = { pid: process.pid, born: bornAt(process.pid), parts: [] };
  while (!create(file, claim)) await clearStale(file, path);
  const write = () => writeWhole(file, JSON.stringify(claim));
  return {
    path,
    note: (pid) => {
      claim.parts.push(pid);
      write();
    },
    release: () => rmSync(file, { force: true }),
  };
}

export function openLog(folder: string, name: string): { fd: number; file: string } {
  const file = join(folder, "logs", `${name}.log`);
  if (existsSync(file) && statSync(file).size > LOG_LIMIT) renameSync(file, `${file}.1`);
  return { fd: openSync(file, "a", 0o600), file };
}

export function writeWhole(file: string, text: string): void {
  const temporary = `${file}.${process.pid}`;
  writeFileSync(temporary, text, { mode: 0o600 });
  renameSync(temporary, file);
}

function create(file: string, claim: Claim): boolean {
  try {
    const fd = openSync(file, "wx", 0o600);
    writeSync(fd, JSON.stringify(claim));
    closeSync(fd);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw new Stop(`${file} cannot be written: ${(error as Error).message}`);
  }
}

async function clearStale(file: string, path: string): Promise<void> {
  const other = readClaim(file);
  if (other !== undefined && bornAt(other.pid) === other.born && other.born !== "") {
    throw new Stop(`Reachable already runs from ${path} (process ${other.pid}); end it first, or open the address that it printed.`);
  }
  // Its launcher was killed; the guards are ending what it had started.
  const deadline = Date.now() + WAIT_FOR_OTHERS_MS;
  while (other?.parts.some(isAlive)) {
    if (Date.now() > deadline)
      throw new Stop(`Parts of an earlier run are still there (processes ${other.parts.filter(isAlive).join(", ")}); end them first.`);
    await pause(100);
  }
  rmSync(file, { force: true });
}

function readClaim(file: string): Claim | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Claim;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

// A process id is used again after a while; together with the moment of its start it is not.
function bornAt(pid: number): string {
  try {
    if (process.platform === "linux") return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ")[19] ?? "";
    return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim();
  } catch {
    return "";
  }
}
