import { execFileSync } from "node:child_process";

const PARENT_CHECK_MS = 500;

/** Calls `end` on Ctrl-C, on a signal, and when whoever started this process is gone (a killed npm sends nothing). */
export function onEnd(end: () => void): void {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, end);
  if (process.env.REACHABLE_TIED) process.once("disconnect", end);
  else if (process.env.npm_lifecycle_event) watchNpm(end);
}

function watchNpm(end: () => void): void {
  const parent = process.ppid;
  const npm = npmBehind(parent);
  setInterval(() => {
    if (process.ppid !== parent || !isAlive(npm)) end();
  }, PARENT_CHECK_MS).unref();
}

// npm runs a script through a shell, which stays in between on some systems and would outlive it.
function npmBehind(parent: number): number {
  try {
    const [ppid, command] = execFileSync("ps", ["-o", "ppid=,comm=", "-p", String(parent)], { encoding: "utf8" }).trim().split(/\s+/);
    return /(^|\/)-?(ba|da|z|k)?sh$/.test(command ?? "") ? Number(ppid) : parent;
  } catch {
    return parent;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
