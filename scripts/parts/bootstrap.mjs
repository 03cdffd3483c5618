import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const root = join(import.meta.dirname ?? new URL(".", import.meta.url).pathname, "../..");
const ownNode = join(root, "node_modules/.bin", process.platform === "win32" ? "node.exe" : "node");

/** Installs from the lock file where needed, then goes on in `script` under the Node that the lock file brings. */
export async function bootstrap(script, args) {
  process.chdir(root);
  if (!isInstalled()) install();
  const file = join(root, "scripts/parts", script);
  if (Number(process.versions.node.split(".")[0]) >= 24) {
    process.argv = [process.execPath, file, ...args];
    await import(pathToFileURL(file).href);
    return;
  }
  // The IPC channel closes when this process is killed, and the child then ends everything that it started.
  const child = spawn(ownNode, [file, ...args], {
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    env: { ...process.env, REACHABLE_TIED: "1" },
  });
  child.on("exit", (code, signal) => process.exit(signal === null ? code : 1));
  // A terminal sends Ctrl-C to the child as well; only what comes to this process alone has to be passed on.
  process.on("SIGINT", () => undefined);
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
}

function isInstalled() {
  const found = join(root, "node_modules/.package-lock.json");
  if (!existsSync(found) || !existsSync(ownNode)) return false;
  const wanted = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  const present = JSON.parse(readFileSync(found, "utf8")).packages;
  return Object.keys(wanted).every((key) => {
    if (key === "" || (wanted[key].optional && present[key] === undefined)) return true;
    return present[key] !== undefined && present[key].version === wanted[key].version;
  });
}

function install() {
  console.log("Installing what package-lock.json lists. The first time this takes a minute or two.");
  const npm = process.env.npm_execpath;
  const args = ["ci", "--no-fund", "--no-audit"];
  const options = { cwd: root, stdio: "inherit" };
  const done = npm === undefined ? spawnSync("npm", args, options) : spawnSync(process.execPath, [npm, ...args], options);
  if (done.status !== 0) {
    console.error("The packages could not be installed; npm says why above.");
    process.exit(1);
  }
}
