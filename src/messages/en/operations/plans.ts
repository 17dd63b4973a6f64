import type { OperationRequest } from "../../../operations/request.ts";
import type { Left } from "../../../operations/says/sayings.ts";
import { type Form, say } from "../../form.ts";
import { ageWords, duration } from "../durations.ts";
import { LEFTS } from "./ends.ts";

/** RDS takes about a quarter of an hour to delete a green cluster. Source: a recorded recreation on Aurora PostgreSQL, 2024. */
const DELETION_MS = 15 * 60_000;
const FIVE_MINUTES_MS = 5 * 60_000;

const roughly = (ms: number): string => ageWords(Math.ceil(ms / FIVE_MINUTES_MS) * FIVE_MINUTES_MS);

/** How long a recreation takes; `tookMs` is how long green took the last time. */
export function recreationTakes(tookMs: number | undefined): string {
  const took =
    tookMs !== undefined && tookMs > 0
      ? `About ${roughly(tookMs + DELETION_MS)}: building green took ${duration(tookMs)} the last time, and its deletion comes before.`
      : "40 minutes to several hours: green is deleted, then built again.";
  return `${took} Blue stays in use all the time.`;
}

/**
 * How long a switchover takes.
 *
 * Source: AWS, "Amazon RDS Blue/Green Deployments reduces downtime to under five seconds", 2026-01-20, for one Region; RDS User Guide,
 * "Switchover actions", on connections.
 */
export const switchoverTakes = (timeoutSeconds: number): string =>
  `RDS drops all connections to both sides and refuses new ones for a time: by AWS's figures, typically five seconds or less. After ${timeoutSeconds} s it rolls back.`;

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
