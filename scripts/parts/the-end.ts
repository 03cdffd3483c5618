import { execFileSync } from "node:child_process";

const PARENT_CHECK_MS = 500;

/** Calls `end` on Ctrl-C, on a signal, and when whoever started this process is gone (a killed npm sends nothing). */
export function onEnd(end: () => void): void {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, end);
  const tied = process.env.REACHABLE_TIED !== undefined;
  if (tied) process.once("disconnect", end);
  if (process.env.npm_lifecycle_event !== undefined) watchNpm(tied ? lookUp(process.ppid).parent : process.ppid, end);
}

// npm runs a script through a shell, which stays in between on some systems and would outlive it.
function watchNpm(starter: number, end: () => void): void {
  const { parent, isShell } = lookUp(starter);
  const npm = isShell ? parent : starter;
  setInterval(() => {
    if (!isAlive(npm)) end();
  }, PARENT_CHECK_MS).unref();
}

function lookUp(pid: number): { parent: number; isShell: boolean } {
  try {
    const [parent, command] = execFileSync("ps", ["-o", "ppid=,comm=", "-p", String(pid)], { encoding: "utf8" })
      .trim()
      .split(/\s+/);
    return { parent: Number(parent), isShell: /(^|\/)-?(ba|da|z|k)?sh$/.test(command ?? "") };
  } catch {
    return { parent: pid, isShell: false };
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
