import { describe, expect, it } from "vitest";
import { isBuilt } from "../../../src/deployments/built.ts";
import { phaseOf, progressOf } from "../../../src/standing/phase.ts";
import { cluster, first } from "../../support/deployments/upgrade.ts";

const quiet = { degraded: false, creationFailed: false };
const tasks = (...statuses: string[]) => statuses.map((status, index) => ({ name: `TASK_${index}`, status }));

describe("the phase", () => {
  it.each([
    ["PROVISIONING", "provisioning"],
    ["AVAILABLE", "ready"],
    ["SWITCHOVER_IN_PROGRESS", "switching-over"],
    ["SWITCHOVER_COMPLETED", "switched-over"],
    ["SWITCHOVER_FAILED", "failed"],
    ["INVALID_CONFIGURATION", "failed"],
    ["DELETING", "deleted"],
    ["SOMETHING_NEW", "unknown"],
    ["", "unknown"],
  ])("of status %j is %s", (status, phase) => expect(phaseOf(first({ status }), quiet)).toBe(phase));

  it("of a deployment that the API does not know is deleted, whatever was reported", () => {
    expect(phaseOf(undefined, { degraded: true, creationFailed: true })).toBe("deleted");
  });

  it("is not ready before every task is done, green is listed and every member is available, although the status says so", () => {
    expect(phaseOf(first({ tasks: tasks("COMPLETED", "IN_PROGRESS") }), quiet)).toBe("provisioning");
    expect(phaseOf(first({ target: undefined }), quiet)).toBe("provisioning");
    const [member] = first().members;
    expect(phaseOf(first({ members: [{ ...member, status: "PROVISIONING" }] }), quiet)).toBe("provisioning");
    expect(isBuilt(first({ members: [{ source: cluster("db-cluster") }] }))).toBe(false);
  });

  it("is degraded by an event while the API says AVAILABLE or PROVISIONING, and no longer once there is more to say", () => {
    const degraded = { degraded: true, creationFailed: false };
    expect(phaseOf(first(), degraded)).toBe("degraded");
    expect(phaseOf(first({ status: "PROVISIONING" }), degraded)).toBe("degraded");
    expect(phaseOf(first({ status: "SWITCHOVER_IN_PROGRESS" }), degraded)).toBe("switching-over");
    expect(phaseOf(first({ status: "DELETING" }), degraded)).toBe("deleted");
  });

  it("is failed where an event says that creation failed, or a task does", () => {
    expect(phaseOf(first({ status: "PROVISIONING" }), { degraded: true, creationFailed: true })).toBe("failed");
    expect(phaseOf(first({ status: "PROVISIONING", tasks: tasks("COMPLETED", "FAILED") }), quiet)).toBe("failed");
  });
});

it("counts the tasks that are done and names the one that RDS is at", () => {
  expect(progressOf(first({ tasks: tasks("COMPLETED", "IN_PROGRESS", "PENDING") }))).toEqual({ done: 1, of: 3, now: "TASK_1" });
  expect(progressOf(first({ tasks: [] }))).toEqual({ done: 0, of: 0, now: undefined });
});
