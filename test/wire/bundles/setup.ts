import { makeBundles } from "../../../infra/bundles.ts";

// Each project loads this file anew, in one process.
const shared = globalThis as { bundlesOfTests?: Promise<void> };

/** Makes the bundles before any test, once for all projects. */
export function setup(): Promise<void> {
  shared.bundlesOfTests ??= makeBundles();
  return shared.bundlesOfTests;
}
