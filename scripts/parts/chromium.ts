import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { at } from "./paths.ts";
import { Stop } from "./stop.ts";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const MAC = ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium"];

/** The browser for the tests: what is installed, else Debian's package, else Playwright's own. Undefined names the last. */
export function ensureChromium(say: (line: string) => void): string | undefined {
  const installed = findChromium();
  if (installed !== undefined) return installed;
  if (process.getuid?.() === 0 && find("apt-get") !== undefined) {
    say("Installing Debian's Chromium for the browser tests.");
    const quiet = {
      stdio: ["ignore", "ignore", "inherit"] as ["ignore", "ignore", "inherit"],
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    };
    spawnSync("apt-get", ["update", "-q"], quiet);
    spawnSync("apt-get", ["install", "-q", "-y", "--no-install-recommends", "chromium"], quiet);
    const packaged = findChromium();
    if (packaged !== undefined) return packaged;
  }
  say("Downloading Playwright's Chromium for the browser tests.");
  const done = spawnSync(process.execPath, [at("node_modules/playwright/cli.js"), "install", "chromium"], { stdio: "inherit" });
  if (done.status !== 0) throw new Stop("No Chromium could be found or installed; install one, or set CHROMIUM to its path.");
  return undefined;
}

function findChromium(): string | undefined {
  const given = process.env.CHROMIUM;
  if (given) return given;
  return NAMES.map(find).find((path) => path !== undefined) ?? MAC.find(isExecutable);
}

function find(name: string): string | undefined {
  return (process.env.PATH ?? "")
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
