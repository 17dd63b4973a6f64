import type { OperationRequest } from "../../../operations/request.ts";
import type { EventsMissing } from "../../../plans/readiness-findings.ts";
import type { SideStanding } from "../../../standing/sides.ts";
import type { Standing } from "../../../standing/standing.ts";
import type { Form } from "../../form.ts";
import { isInParts } from "../../in-parts.ts";
import { ageWords } from "../durations.ts";
import { eventsMissing } from "../findings/readiness.ts";
import { OPERATION_WORDS, whoAsks } from "../operations/names.ts";
import { tasksDone } from "../standing/card.ts";
import { memberLines } from "../standing/members.ts";
import { nextStep } from "../standing/next-step.ts";
import { replicationLine } from "../standing/replication.ts";
import { titleOf } from "../standing/title.ts";

/** When a status is shown, how old the deployment is (in milliseconds, if that is known), and why events may be missing. */
export interface StatusNow {
  now: number;
  ageMs?: number;
  incomplete?: EventsMissing;
}

const indented = (text: string): string => text.replaceAll("\n", "\n              ");

/** How a deployment stands, a line for each thing. */
export function standingText(standing: Standing, { now, ageMs, incomplete }: StatusNow, as: Form): string {
  const { name, id, status, statusDetails, source, target, production, members, progress } = standing;
  const details = statusDetails ? `: ${as.text(statusDetails)}` : "";
  const age = ageMs === undefined ? "age unknown" : `${ageWords(ageMs)} old`;
  const tasks = progress.of === 0 || progress.done === progress.of ? "" : `, ${tasksDone(standing, as)}`;
  return [
    `${as.text(name, 90)} (${as.text(id, 60)}): ${titleOf(standing)}`,
    `  status      ${as.text(status, 60)}${details}, ${age}${tasks}`,
    `  source      ${side(source, as)}`,
    `  target      ${target ? side(target, as) : "not there yet"}`,
    `  production  ${production}`,
    ...(isInParts(standing) ? memberLines(members, as).map((line) => `              ${line}`) : []),
    `  replication ${indented(replicationLine(standing, as, now))}`,
    ...(incomplete ? [`  events      ${eventsMissing(incomplete, as)}`] : []),
    `  next        ${indented(nextStep(standing, as))}`,
    "",
  ].join("\n");
}

function side({ name, database, parameterGroups }: SideStanding, as: Form): string {
  if (!database) return `${as.code(name, 90)} (does not exist)`;
  const groups = parameterGroups.map((it) => as.code(it)).join(", ") || "unknown";
  return `${as.code(name, 90)}: ${as.text(`${database.engine} ${database.engineVersion}, ${database.status}`, 120)}, parameter groups ${groups}`;
}

/** How far an operation is. */
export type OperationState = "under-way" | "unclear" | "half-done" | "stands-still";

const STATES: Readonly<Record<OperationState, string>> = {
  "under-way": "under way",
  unclear: "UNCLEAR",
  "half-done": "STOPPED HALFWAY",
  "stands-still": "PAUSED",
};

/** What the status says of an operation before what it said last. */
export function operationLine(request: OperationRequest, state: OperationState, as: Form): string {
  const { operation, deploymentName, requestedAt } = request;
  const { noun } = OPERATION_WORDS[operation];
  const what = `${noun.slice(0, 1).toUpperCase()}${noun.slice(1)} of ${as.code(deploymentName, 90)}`;
  return `${what}, asked for by ${whoAsks(request, as)} at ${as.time(requestedAt)}: ${STATES[state]}`;
}

/** How a person has an operation go on that no process carries out. */
export const goesOnWith = (command: string): string => `No process carries it out now. To go on: ${command}`;
