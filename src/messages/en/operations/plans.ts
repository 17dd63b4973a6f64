import type { OperationRequest } from "../../../operations/request.ts";
import type { Left } from "../../../operations/says/sayings.ts";
import { type Form, say } from "../../form.ts";
import { duration } from "../durations.ts";
import { LEFTS } from "./ends.ts";

/** How long a recreation takes; `tookMs` is how long green took the last time. */
export function recreationTakes(tookMs: number | undefined): string {
  const took =
    tookMs !== undefined && tookMs > 0
      ? `Building green took ${duration(tookMs)} the last time; deleting it and building it again takes about as long.`
      : "Deleting green and building it again takes 40 minutes to several hours.";
  return `${took} Blue stays in use all the time.`;
}

/** How long a switchover takes. */
export const switchoverTakes = (timeoutSeconds: number): string =>
  `RDS refuses writes on blue for a part of the switchover, usually less than a minute. After ${timeoutSeconds} s it rolls back.`;

/** What is said before a plan. */
export const PLAN_NOTES = {
  changed: "Things have changed since the plan that you confirmed. Nothing was done; this is how it would be done now.",
  "force-changed": "Things have changed since the plan that you confirmed. Nothing was done; this is how it is now.",
  "not-ready": "It is not ready: see the checks marked FAIL.",
} as const;

/** Before why it cannot be done. */
export const cannotBeDone = (why: string): string => `It cannot be done. ${why}`;

/** What going on with a recreation does, for who approves it. */
export function goOnSteps(left: Left, { intent }: OperationRequest, as: Form): string[] {
  const { BlueGreenDeploymentName = "", TargetEngineVersion = "" } = intent?.create ?? {};
  return [
    say(LEFTS, left, as),
    `Create blue/green deployment ${as.code(BlueGreenDeploymentName, 90)} with the saved settings, engine version ${as.text(TargetEngineVersion, 60)}.`,
  ];
}

/** The words around an offer to go on with it. */
export const GO_ON = {
  title: (name: string): string => `Create ${name} again?`,
  created: ({ intent }: OperationRequest, as: Form): string => {
    const { BlueGreenDeploymentName = "", TargetEngineVersion = "" } = intent?.create ?? {};
    const groups = [intent?.create.TargetDBClusterParameterGroupName, intent?.create.TargetDBParameterGroupName];
    const names = groups.flatMap((it) => (it === undefined ? [] : [as.code(it)]));
    const given = names.length === 0 ? "" : `, parameter group${names.length === 1 ? "" : "s"} ${names.join(" and ")}`;
    return `${as.strong(as.text(BlueGreenDeploymentName, 90))} is created with the saved settings: engine version ${as.text(TargetEngineVersion, 60)}${given}.`;
  },
  button: "Create it again",
  cancel: "Cancel",
  note: "Only you see this. You can confirm it once, within 30 minutes.",
};
