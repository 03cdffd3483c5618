import { generateClient } from "./build.ts";
import { run } from "./check-runners.ts";

// FUZZ_SEED=<seed> sends the same requests again, FUZZ_SHRINK=1 makes a failing one small
process.env["FUZZ_RUNS"] ??= "1000";
generateClient((line) => console.log(line));
const vitest = ["vitest/vitest.mjs", "run", "--config", "tests/vitest.config.ts", "--project", "contract"];
process.exitCode = (await run([...vitest, "tests/contract/fuzz.test.ts"])).failed;
