// Stands between the launcher and one part, in a process group of its own. The channel to the launcher closes however the
// launcher ends, kill -9 included; the part is then ended in good order.
import { spawn } from "node:child_process";

const GRACE_MS = 25_000;
let child;
let stopSignal = "SIGTERM";
let stopping = false;
const waitsFor = [];

process.once("message", ({ command, args, cwd, env, uid, gid, signal }) => {
  stopSignal = signal;
  child = spawn(command, args, { cwd, env, uid, gid, stdio: ["ignore", "inherit", "inherit"] });
  child.on("error", (error) => {
    console.error(error.message);
    process.exit(1);
  });
  child.on("exit", (code, signalled) => process.exit(signalled !== null && !stopping ? 1 : (code ?? 0)));
  process.on("message", (message) => {
    if (message.stop) stop();
    if (message.after) waitsFor.push(message.after);
  });
});
process.on("disconnect", () => afterOthers(Date.now() + GRACE_MS));
process.on("SIGTERM", stop);
process.on("SIGINT", stop);

function stop() {
  if (stopping) return;
  stopping = true;
  if (child === undefined) process.exit(0);
  child.kill(stopSignal);
  setTimeout(() => child.kill("SIGKILL"), GRACE_MS).unref();
}

// The database goes last, so that the worker can still write down what it finished.
function afterOthers(deadline) {
  if (Date.now() > deadline || !waitsFor.some(isAlive)) stop();
  else setTimeout(afterOthers, 100, deadline);
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
