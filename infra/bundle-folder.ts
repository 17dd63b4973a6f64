import { fileURLToPath } from "node:url";
import { OPERATION_NAMES } from "../src/operations/index.ts";

/** The functions that are bundled, each with its entry `src/handlers/<name>.lambda.ts`. */
export const FUNCTIONS = ["watch", "sweep", ...OPERATION_NAMES, "release", "slack", "answer"] as const;
export type FunctionName = (typeof FUNCTIONS)[number];

/** The folder of a function's bundle, whose `index.mjs` exports `handler`; the same below the repository and below the package. */
export function bundleFolder(name: FunctionName): string {
  return fileURLToPath(new URL(`../dist/lambda/${name}/`, import.meta.url));
}
