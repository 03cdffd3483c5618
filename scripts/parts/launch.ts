import { buildAll, generateClient } from "./build.ts";
import { bundlePrograms, watchProgram } from "./bundle.ts";
import { claimDataFolder, type DataFolder } from "./data-folder.ts";
import { at, devBundles, standalone } from "./paths.ts";
import { requirePort } from "./ports.ts";
import { readAddress, requireSettings } from "./settings.ts";
import { sentence } from "./stop.ts";
import { System } from "./system.ts";
import { onEnd } from "./the-end.ts";

const NO_FOLDER: DataFolder = { path: "", note: () => undefined, release: () => undefined };

const dev = process.argv.includes("--dev");
const embedded = !process.env.DATABASE_URL;
const startedAt = performance.now();
const say = (line: string): void => console.log(line);

let system: System | undefined;
let data = NO_FOLDER;
let ending: Promise<void> | undefined;

/** Ends everything once, whoever asks first, and then this process. */
function end(code: number): Promise<void> {
  ending ??= (async () => {
    await system?.stop();
    data.release();
    process.exit(code);
  })();
  return ending;
}

onEnd(() => {
  if (ending === undefined && process.stdout.isTTY) say("\nEnding.");
  void end(0);
});

try {
  await launch();
} catch (error) {
  if (ending === undefined) console.error(sentence(error));
  await end(1);
}

async function launch(): Promise<void> {
  const address = readAddress(process.env);
  if (!embedded) requireSettings(process.env);
  if (embedded) data = await claimDataFolder(at(".data"));
  await requirePort(address.port, address.host);

  const programs = dev ? devBundles : standalone;
  if (dev) {
    generateClient(say);
    await bundlePrograms(programs);
  } else {
    await buildAll(say);
  }
  system = new System({ data, programs, address, env: process.env, dev, say });
  if (embedded) await system.startEmbedded();
  await system.run("check-settings");
  await system.startApp();
  if (dev) await restartWorkerOnChange(system, programs);
  watch(system);
  await greet(system, address.origin);
}

async function greet(running: System, origin: string): Promise<void> {
  const link = embedded ? await running.run("setup-link") : "";
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  say(`Ready after ${seconds} s. Ctrl-C ends it.\n\n  ${link || origin}\n`);
}

function watch(running: System): void {
  for (const part of running.parts) {
    void part.ended.then(({ code, asked }) => {
      if (asked || ending !== undefined) return;
      console.error(`The ${part.name} ended by itself (exit code ${code}), so everything ends.\n${part.lastLines()}`);
      void end(1);
    });
  }
}

async function restartWorkerOnChange(running: System, programs: string): Promise<void> {
  let busy = Promise.resolve();
  await watchProgram(programs, "worker", () => {
    busy = busy.then(() => running.restartWorker()).catch((error: unknown) => console.error(sentence(error)));
  });
}
