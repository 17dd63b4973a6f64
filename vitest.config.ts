import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** The files that take longest: begun last, each would work on alone at the end. After `npm ci` Vitest does not know how long files take. */
export const LONGEST = [
  "test/behaviour/simulation/never/never.rest.test.ts",
  "test/behaviour/catalogue/catalogue.rest.test.ts",
  "test/wire/local/cli/recreate.rest.test.ts",
  "test/wire/local/cli/cancel.rest.test.ts",
  "test/behaviour/simulation/told.rest.test.ts",
  "test/behaviour/operations/switchover-crash.rest.test.ts",
  "test/wire/lab/stories/recreations.rest.test.ts",
  "test/wire/package/pack.rest.test.ts",
  "test/wire/local/cli/switchover.rest.test.ts",
  "test/wire/local/cli/hello.rest.test.ts",
  "test/behaviour/operations/holds/never-switch-twice.rest.test.ts",
  "test/behaviour/soak/soak.rest.test.ts",
  "test/behaviour/simulation/first-sweep.rest.test.ts",
  "test/behaviour/operations/holds/never-switch-twice.test.ts",
  "test/behaviour/operations/switchover.test.ts",
  "test/wire/infra/app.test.ts",
  "test/wire/local/cli/hostile.test.ts",
  "test/wire/local/cli/state-folder.test.ts",
  "test/wire/local/engine/folder-lock.test.ts",
  "test/behaviour/handlers/sweep-troubles.test.ts",
];

/** The longest files first; browsers last, since what a visitor sees in time must not depend on what else is tested. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      if (moduleId.includes("/test/wire/browser/")) return LONGEST.length + 1;
      const index = LONGEST.findIndex((file) => moduleId.endsWith(file));
      return index < 0 ? LONGEST.length : index;
    };
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b));
  }
}

export default defineConfig({
  test: {
    // What hangs ends; what a slow and busy machine takes long for does not.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    expect: { poll: { timeout: 60_000 } },
    // Programs that tests start are compiled once.
    env: { NODE_COMPILE_CACHE: fileURLToPath(new URL("node_modules/.cache/compiled", import.meta.url)) },
    // Tests in the lab and on the wire wait for more than half of their time: so many keep all cores at work.
    maxWorkers: availableParallelism() * 3,
    // Of the tests of a file that wait for programs, so many at once.
    maxConcurrency: 3,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        // Pure code leaves nothing behind, so the files of a worker share their modules.
        test: {
          name: "unit",
          include: ["test/unit/**/*.test.ts"],
          isolate: false,
          // These wait for nothing.
          maxWorkers: availableParallelism(),
          sequence: { groupOrder: 0 },
        },
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
