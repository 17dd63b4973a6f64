import { createHash } from "node:crypto";
import { rdsName } from "../deployments/arn.ts";
import { type DeploymentView, databaseAt } from "../deployments/deployment.ts";
import type { PlanStep } from "./plan.ts";
import { ASKED_FIELD_NAMES } from "./spec/asked-fields.ts";
import type { AskedFields } from "./spec/settled.ts";

/** What a person agrees to: the state they saw and the steps to take. */
export interface ConfirmedState {
  view: DeploymentView;
  /** The plan's steps, whatever language they are shown in. */
  steps: readonly PlanStep[];
  /** For a switchover, in seconds. */
  timeout?: number;
  /** For a recreation: the fields that the person asked for. */
  asked?: AskedFields;
}

/** The hash in a confirmation, 16 hexadecimal digits: the same for the same state, however the API orders it. */
export function stateHashOf(state: ConfirmedState): string {
  return createHash("sha256").update(textOf(state)).digest("hex").slice(0, 16);
}

/**
 * The state that a confirmation covers, as text.
 *
 * Includes the deployment's id, status, source and target, each member's ARNs and status, green's versions, parameter groups and deletion
 * protection, the steps, the timeout and the fields asked for, if any. Excludes what changes on its own: lag, progress, status details and times.
 */
function textOf({ view, steps, timeout, asked = {} }: ConfirmedState): string {
  const { id, status, source, target, members } = view.deployment;
  const pairs = members
    .map((member) => [member.source ?? null, member.target ?? null, member.status ?? null])
    .map((it) => JSON.stringify(it));
  const targets = [target, ...members.map((member) => member.target)].filter((arn) => arn !== undefined);
  const fields = ASKED_FIELD_NAMES.flatMap((name) => (asked[name] === undefined ? [] : [[name, asked[name]]]));
  return JSON.stringify([
    ["deployment", id],
    ["status", status],
    ["source", source],
    ["target", target ?? null],
    ["members", pairs.sort()],
    ["green", [...new Set(targets)].sort().map((arn) => greenOf(view, arn))],
    ["steps", steps],
    ["timeout", timeout ?? null],
    // Left out if empty: a confirmation from before there were such fields stays valid.
    ...(fields.length > 0 ? [["asked", fields]] : []),
  ]);
}

function greenOf(view: DeploymentView, arn: string): unknown[] {
  const green = databaseAt(view, arn);
  const name = rdsName(arn).name;
  if (!green) return [name, null];
  const groups = green.parameterGroups.map((group) => group.name).sort();
  return [name, green.engineVersion, groups, green.configuration?.deletionProtection ?? null];
}
