import type { Operation } from "../operation.ts";

/** Deletes a deployment with everything green, and creates it again from its own spec. */
export const recreate = {
  changes: ["unprotect", "deleteWithGreen", "create"],
  steps: ["started", "deleting", "creating", "building", "done"],
  signals: "recreate",
  replaces: true,
} as const satisfies Operation;
