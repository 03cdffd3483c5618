import { join } from "node:path";
import { defineConfig } from "vitest/config";

const root = join(import.meta.dirname, "..");
const withDatabase = {
  globalSetup: [join(root, "tests/support/database-server.ts")],
  setupFiles: [join(root, "tests/support/no-stray-errors.ts"), join(root, "tests/support/database-setup.ts")],
};

export default defineConfig({
  root,
  resolve: {
    alias: { "@": root, "server-only": join(root, "node_modules/server-only/empty.js") },
  },
  test: {
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 30_000,
    passWithNoTests: false,
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["lib/**/*.test.ts", "components/**/*.test.ts", "scripts/**/*.test.ts"],
          setupFiles: [join(root, "tests/support/no-stray-errors.ts"), join(root, "tests/support/settings.ts")],
        },
      },
      { extends: true, test: { name: "integration", include: ["tests/integration/**/*.test.ts"], ...withDatabase } },
      { extends: true, test: { name: "contract", include: ["tests/contract/**/*.test.ts"], ...withDatabase } },
      { extends: true, test: { name: "faults", include: ["tests/faults/**/*.test.ts"], testTimeout: 120_000, ...withDatabase } },
    ],
  },
});
