import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** What a visitor sees in time must not depend on what else is tested: browsers come last. */
class BrowsersLast extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { false: others = [], true: browsers = [] } = Object.groupBy(await super.sort(files), ({ moduleId }) =>
      String(moduleId.includes("/test/wire/browser/")),
    );
    return [...others, ...browsers];
  }
}

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Programs that tests start are compiled once.
    env: { NODE_COMPILE_CACHE: fileURLToPath(new URL("node_modules/.cache/compiled", import.meta.url)) },
    // Tests on the wire wait half of their time: so many keep all cores at work.
    maxWorkers: availableParallelism() * 2,
    sequence: { sequencer: BrowsersLast },
    projects: [
      {
        extends: true,
        // Pure code leaves nothing behind, so the files of a worker share their modules.
        test: { name: "unit", include: ["test/unit/**/*.test.ts"], isolate: false, sequence: { groupOrder: 0 } },
      },
      {
        extends: true,
        test: {
          name: "behaviour",
          include: ["test/behaviour/**/*.test.ts"],
          // To load the lab and the guard takes as long as what most files do with them.
          isolate: false,
          globalSetup: "test/wire/bundles/setup.ts",
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: "wire",
          include: ["test/wire/**/*.test.ts"],
          globalSetup: ["test/wire/bundles/setup.ts", "test/wire/browser/setup.ts"],
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
