import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ACTIONS } from "../../../src/messages/slack/buttons.ts";
import { isOperationName, OPERATION_NAMES, operationOf } from "../../../src/operations/index.ts";
import { PERMISSIONS } from "../../../src/operations/permissions.ts";
import { OPERATION_MEANINGS } from "../../../src/operations/signals.ts";
import { rules } from "../../../src/rules/index.ts";

/** What IAM allows with each call that changes something. Source: docs/permissions.md. */
const ACTION = {
  unprotect: "rds:ModifyDBCluster",
  deleteWithGreen: "rds:DeleteBlueGreenDeployment",
  create: "rds:CreateBlueGreenDeployment",
  switchOver: "rds:SwitchoverBlueGreenDeployment",
} as const;

describe("the list of operations", () => {
  it.each(OPERATION_NAMES)("has a folder, a workflow, a function and a button for %s", (name) => {
    expect(existsSync(`src/operations/${name}/workflow.ts`)).toBe(true);
    expect(existsSync(`src/handlers/${name}.lambda.ts`)).toBe(true);
    expect(ACTIONS).toContain(name);
  });

  it.each(OPERATION_NAMES)("allows the function of %s the calls that the list names, and no other change of a deployment", (name) => {
    const allowed = PERMISSIONS[name].flatMap(({ actions }) => actions);
    const { changes } = operationOf(name);
    for (const [change, action] of Object.entries(ACTION)) {
      if (action.endsWith("Deployment")) expect(allowed.includes(action), `${change} by ${name}`).toBe(changes.some((it) => it === change));
      else if (changes.some((it) => it === change)) expect(allowed).toContain(action);
    }
  });

  it.each(OPERATION_NAMES)("has a meaning for how %s begins and ends, and each is told apart from RDS's own signals", (name) => {
    const { signals } = operationOf(name);
    const own = OPERATION_MEANINGS.map(({ id }): string => id).filter((id) => id.startsWith(`${signals}-`));
    expect(own).toEqual(expect.arrayContaining(["started", "done", "refused", "cancelled", "failed"].map((step) => `${signals}-${step}`)));
    expect(rules.map(({ id }): string => id).filter((id) => own.includes(id))).toEqual([]);
  });

  it("knows an operation by its own name alone", () => {
    for (const name of ["", "cancel", "status", "constructor", "toString", "Recreate"]) expect(isOperationName(name)).toBe(false);
  });
});
