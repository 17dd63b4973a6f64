import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const BROWSER = "test/wire/browser/**/*.test.ts";

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Programs that tests start are compiled once.
    env: { NODE_COMPILE_CACHE: fileURLToPath(new URL("node_modules/.cache/compiled", import.meta.url)) },
    // Tests on the wire wait a third of their time: so many keep all cores at work.
    maxWorkers: Math.ceil(availableParallelism() * 1.5),
    projects: [
      {
        extends: true,
        test: {
          name: "all",
          include: ["test/**/*.test.ts"],
          exclude: [BROWSER],
          globalSetup: "test/wire/bundles/setup.ts",
          sequence: { groupOrder: 0 },
        },
      },
      // Alone and last: what a visitor sees in time must not depend on what else is tested.
      {
        extends: true,
        test: {
          name: "browser",
          include: [BROWSER],
          globalSetup: "test/wire/browser/setup.ts",
          testTimeout: 120_000,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
