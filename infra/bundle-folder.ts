import { fileURLToPath } from "node:url";
import { OPERATION_NAMES } from "../src/operations/index.ts";

/** The functions to bundle, each with its entry point `src/handlers/<name>.lambda.ts`. */
export const FUNCTIONS = ["watch", "sweep", ...OPERATION_NAMES, "release", "slack", "answer", "webhook"] as const;
export type FunctionName = (typeof FUNCTIONS)[number];

/** The folder of a function's bundle, whose `index.mjs` exports `handler`; its place is the same in the repository and in the package. */
export function bundleFolder(name: FunctionName): string {
  return fileURLToPath(new URL(`../dist/lambda/${name}/`, import.meta.url));
}
