import { rdsName } from "../../deployments/arn.ts";
import { type DeploymentView, databaseAt } from "../../deployments/deployment.ts";
import type { Check } from "../../plans/checks.ts";
import type { PlanStep } from "../../plans/plan.ts";
import { readiness } from "../../plans/readiness.ts";
import { stateHashOf } from "../../plans/state-hash.ts";
import type { Standing } from "../../standing/standing.ts";
import { blueOf, NO_RESOURCE_ID, readBlue, stillClaimed } from "../claim.ts";
import { NotListedError } from "../missing.ts";
import { standingNow } from "../read/standing-of.ts";
import { viewOf } from "../read/view-of.ts";
import type { Asked } from "../request.ts";
import { lastSwitchoverEvent } from "./events.ts";
import type { PlanSwitchoverPorts } from "./ports.ts";
import type { SideBefore } from "./sides.ts";

/** What a switchover is about to do, and whether the deployment is ready for it. */
export interface SwitchoverPlan {
  deployment: { id: string; name: string };
  timeoutSeconds: number;
  steps: PlanStep[];
  checks: Check[];
}

/** A switchover plan for a person to see, and what their confirmation of it asks for. */
export interface PlannedSwitchover {
  view: DeploymentView;
  /** How it stands now. */
  standing: Standing;
  /** ISO 8601, by RDS's clock: the last event of a switchover known so far. */
  lastEventAt?: string;
  plan: SwitchoverPlan;
  asked: Pick<Asked, "operation" | "deploymentId" | "deploymentName" | "blue" | "stateHash" | "timeoutSeconds">;
  /** The checks that forbid it as things stand, even if the person confirms it; empty if it can be done. */
  failed: readonly Check[];
}

/** Plans a switchover; `own` is the execution whose claim is no obstacle. @throws FinalError if there is nothing to plan with */
export async function planSwitchover(
  id: string,
  timeoutSeconds: number,
  ports: PlanSwitchoverPorts,
  own?: string,
): Promise<PlannedSwitchover> {
  const view = await viewOf(id, ports.rds);
  if (!view) throw new NotListedError({ code: "not-listed", id, operation: "switchover" });
  return planSwitchoverOf(view, timeoutSeconds, ports, own);
}

/** The same, of a deployment that was just read. */
export async function planSwitchoverOf(
  view: DeploymentView,
  timeoutSeconds: number,
  ports: PlanSwitchoverPorts,
  own?: string,
): Promise<PlannedSwitchover> {
  const { deployment } = view;
  const { id } = deployment;
  const blue = blueOf(view);
  const { standing, facts, incomplete } = await standingNow(view, ports);
  const claimed = blue === undefined ? NO_RESOURCE_ID : await stillClaimed(await readBlue(blue, ports.records), own, ports);
  const checks = readiness({ view, standing, incomplete, claimed, timeoutSeconds });
  const plan = { deployment: { id, name: deployment.name }, timeoutSeconds, steps: stepsOf(view, timeoutSeconds), checks };
  const failed = checks.filter(({ result }) => result === "fail");
  return {
    view,
    standing,
    lastEventAt: lastSwitchoverEvent(facts),
    plan,
    asked: {
      operation: "switchover",
      deploymentId: id,
      deploymentName: deployment.name,
      blue: blue ?? "",
      timeoutSeconds,
      stateHash: stateHashOf({ view, steps: plan.steps, timeout: timeoutSeconds }),
    },
    failed,
  };
}

function stepsOf({ deployment: { id, name, members, source, target } }: DeploymentView, timeoutSeconds: number): PlanStep[] {
  const pairs = members.length > 0 ? members : [{ source, target }];
  const names = pairs.map((pair) => ({ from: rdsName(pair.source ?? "").name, to: rdsName(pair.target ?? "").name }));
  return [
    { code: "switch-over", deploymentId: id, deploymentName: name, pairs: names },
    { code: "refuse-writes", timeoutSeconds },
    { code: "rename" },
  ];
}

/** Both sides before the switchover, recorded with the intent: afterwards their names have changed hands. */
export function sidesOf(view: DeploymentView): { status: string; source: SideBefore; target: SideBefore } {
  return { status: view.deployment.status, source: sideOf(view, view.deployment.source), target: sideOf(view, view.deployment.target) };
}

function sideOf(view: DeploymentView, arn = ""): SideBefore {
  const database = databaseAt(view, arn);
  return {
    name: rdsName(arn).name,
    engineVersion: database?.engineVersion,
    parameterGroups: database?.parameterGroups.map(({ name }) => name) ?? [],
  };
}
