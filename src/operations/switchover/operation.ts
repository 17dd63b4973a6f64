import type { Operation } from "../operation.ts";

/** Switches a deployment over, at most once. */
export const switchover = {
  changes: ["switchOver"],
  steps: ["started", "switching", "done"],
  // The signals of RDS's own switchover events begin with "switchover-".
  signals: "switchover-operation",
  replaces: false,
  // Source: RDS API, SwitchoverBlueGreenDeployment; RDS User Guide (30 to 3,600).
  timeout: { least: 30, most: 3_600, leftOut: 300 },
} as const satisfies Operation;
