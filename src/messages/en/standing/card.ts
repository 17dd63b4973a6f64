import type { Standing } from "../../../standing/standing.ts";
import type { OperationStanding } from "../../../standing/under-way.ts";
import type { Form } from "../../form.ts";
import type { WatchedFrom } from "../../watched-from.ts";
import { duration } from "../durations.ts";
import { operationWords } from "../operations/names.ts";
import { saidInBrief, shownWords } from "../operations/said.ts";

/** The headings of a card's details. */
export const CARD = {
  details: "Details",
  members: "Members",
  replication: "Replication",
  statusDetails: "Status details",
  nextStep: "What to do next",
};

/** How many of its tasks RDS has done, and which it is at. */
export const tasksDone = ({ progress: { done, of, now } }: Pick<Standing, "progress">, as: Form): string =>
  `${done} of ${of} tasks done${now ? `, now ${as.code(now, 60)}` : ""}`;

/** How far RDS is with building green, since when, and about when it ends. */
export function creationDone({ createTime, lastBuildMs, ...standing }: Standing, as: Form): string {
  const began = createTime ? `, since ${as.time(createTime)}` : "";
  const until = createTime && lastBuildMs ? new Date(Date.parse(createTime) + lastBuildMs).toISOString() : undefined;
  const about = until ? ` The last time it took ${duration(lastBuildMs ?? 0)}, so it ends about ${as.clock(until)}.` : "";
  return `${tasksDone(standing, as)}${began}.${about}`;
}

/** How far an operation is, what it said last, and what it waits for; a time does not grow old, as a duration would. */
export function operationDone({ name, step, since, said, shows }: OperationStanding, as: Form): string {
  const at = step ? `, step ${step.at} of ${step.of}` : "";
  const now = shows ? ` Now: ${shownWords(shows, as)}` : "";
  return `${operationWords(name).doing}${at}, since ${as.time(since)}.${said ? ` ${saidInBrief(said, as)}` : ""}${now}`;
}

/** The small print of a card's details. */
export function cardFooter({ id, status, exists, createTime, dropped }: Standing, as: Form): string {
  return [
    as.code(id, 60),
    exists ? `status ${as.text(status, 60)}` : "no longer exists",
    ...(createTime ? [`created ${as.time(createTime)}`] : []),
    ...(dropped > 0 ? [`${dropped.toLocaleString("en")} older reports are no longer kept`] : []),
  ].join(" · ");
}

/** Who keeps the card up to date, where no deployed guard does. */
export function watchedFrom({ machine, cannotSee }: WatchedFrom, as: Form): string {
  const blind = cannotSee.length === 0 ? "" : `; ${as.strong(`it may not see ${cannotSee.join(", ")}`)}`;
  return `watched from ${as.code(machine, 90)}, only while ${as.code("npx bluegreen-guard watch")} runs there${blind}`;
}
