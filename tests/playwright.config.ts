import { defineConfig } from "@playwright/test";

const executablePath = process.env.CHROMIUM || undefined;

// Within minutes, and from one address, the tests do what the limits spread over hours and many people.
process.env.E2E_LIMITS ??= JSON.stringify({
  sendsPerUserDay: { max: 1000, windowSec: 86_400 },
  sendsPerIpHour: { max: 1000, windowSec: 3600 },
  signInsPerIp: { max: 200, windowSec: 900 },
  institutionsPerUserDay: { max: 1000, windowSec: 86_400 },
  resendLadderSec: [4],
  testsPerContactPoint: { max: 1, windowSec: 6 },
  diagnosesPerSender: { max: 100, windowSec: 60 },
  diagnosesPerInstitution: { max: 100, windowSec: 3600 },
});

export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  outputDir: "../test-results",
  globalSetup: "./support/system-under-test.ts",
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"], ["json", { outputFile: process.env.PLAYWRIGHT_JSON_OUTPUT_FILE ?? "../test-results/report.json" }]],
  // The first run happens once, so its spec stands before all others.
  projects: [
    { name: "first-run", testMatch: "done-when.spec.ts" },
    { name: "console", testIgnore: "done-when.spec.ts" },
  ],
  use: {
    browserName: "chromium",
    contextOptions: { reducedMotion: "reduce" },
    actionTimeout: 10_000,
    navigationTimeout: 20_000,
    trace: { mode: "retain-on-failure", screenshots: false },
    screenshot: "only-on-failure",
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      args: [
        "--no-sandbox",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--disable-quic",
      ],
    },
  },
});
