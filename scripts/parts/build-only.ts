import { buildAll } from "./build.ts";
import { sentence } from "./stop.ts";

try {
  await buildAll((line) => console.log(line));
} catch (error) {
  console.error(sentence(error));
  process.exitCode = 1;
}
