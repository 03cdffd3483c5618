import { join, relative } from "node:path";
import { defineConfig, type Plugin } from "vitest/config";

const root = join(import.meta.dirname, "..");
const withDatabase = {
  globalSetup: [join(root, "tests/support/database-server.ts")],
  setupFiles: [join(root, "tests/support/no-stray-errors.ts"), join(root, "tests/support/database-setup.ts")],
};

const HANDLERS = "export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = ";

/**
 * Every test gets an API's routes with a watch in front of them, however it comes by them: an answer that the API's
 * document does not know fails the test that it was seen in. A route in any other form is not loaded.
 */
const watchedRoutes: Plugin = {
  name: "watched-routes",
  enforce: "pre",
  transform(code, id) {
    const file = relative(root, id).replaceAll("\\", "/");
    if (!/^app\/(?:api\/v1|\(dialects\))\/(?:.*\/)?route\.ts$/.test(file)) {
      return;
    }
    if (code.split(HANDLERS).length !== 2) {
      throw new Error(`${file} does not export its handlers as every other route`);
    }
    const watch = `import { watched } from "@/tests/support/described";\n`;
    return `${watch}${code.replace(HANDLERS, "const served = ")}\n${HANDLERS}watched(${JSON.stringify(file)}, served);\n`;
  },
};

export default defineConfig({
  root,
  plugins: [watchedRoutes],
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
