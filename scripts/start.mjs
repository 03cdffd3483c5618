// Runs on whatever Node is there, before anything is installed: no dependency, no new syntax.
const MINIMUM = 20;
const major = Number(process.versions.node.split(".")[0]);

if (major < MINIMUM) {
  console.error(`Reachable needs Node ${MINIMUM} or newer to start; this is Node ${process.versions.node}.`);
  process.exit(1);
}
void import("./parts/bootstrap.mjs").then(({ bootstrap }) => bootstrap("launch.ts", process.argv.slice(2)));
