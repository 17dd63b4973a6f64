import type { Standing } from "../../../standing/standing.ts";
import type { Form } from "../../form.ts";
import type { WatchedFrom } from "../../watched-from.ts";

/** The headings of a card's parts. */
export const CARD = {
  members: "Members",
  progress: "Progress",
  replication: "Replication",
  statusDetails: "Status details",
  nextStep: "What to do next",
};

/** How far RDS is with building green. */
export const tasksDone = ({ progress: { done, of, now } }: Pick<Standing, "progress">, as: Form): string =>
  `${done} of ${of} tasks done${now ? `, now ${as.code(now, 60)}` : ""}`;

/** How far an operation is. */
export const stepDone = ({ at, of }: { at: number; of: number }, since: string, as: Form): string =>
  `step ${at} of ${of}, since ${as.time(since)}`;

/** What it waits for. */
export const waitsFor = (words: string): string => `now: ${words}`;

/** The line in small type below a card. */
export function cardFooter(summary: Standing, from: WatchedFrom | undefined, as: Form): string {
  const { id, status, exists, createTime, dropped } = summary;
  return [
    as.code(id, 60),
    exists ? `status ${as.text(status, 60)}` : "no longer exists",
    ...(createTime ? [`created ${as.time(createTime)}`] : []),
    ...(dropped > 0 ? [`${dropped.toLocaleString("en")} older reports are no longer kept`] : []),
    ...(from ? [fromWords(from, as)] : []),
  ].join(" · ");
}

function fromWords({ machine, cannotSee }: WatchedFrom, as: Form): string {
  const blind = cannotSee.length === 0 ? "" : `; ${as.strong(`it may not see ${cannotSee.join(", ")}`)}`;
  return `watched from ${as.code(machine, 90)}, only while ${as.code("npx bluegreen-guard watch")} runs there${blind}`;
}
