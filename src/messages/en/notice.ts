import type { Report } from "../../facts/facts.ts";
import type { ThreadEntry } from "../../standing/thread-entry.ts";
import type { Form } from "../form.ts";
import { guardLog } from "./links.ts";

/** What a thread entry says of what no deployment was found for. */
export const noDeployment = (name: string, as: Form): string =>
  `${as.strong("No deployment found")}: RDS lists no blue/green deployment for ${as.code(name)} (any more), so the guard knows no more than this.`;

/** The heading of the rest of an entry. */
export const moreAbout = (title: string): string => `More about “${title}”`;

/** When it happened, who reported it, and of what the guard did itself, where its log is. */
export function smallPrint({ at, reports, deployment }: ThreadEntry, as: Form): string {
  const isOwn = reports.some(({ source }) => source === "operation");
  const log = isOwn && deployment ? guardLog(deployment.source.arn, as) : "";
  return [as.time(at), reporters(reports, as), ...(log ? [log] : [])].join(" · ");
}

const MOST_REPORTERS = 4;

/** Who reported it, and when. */
function reporters(reports: readonly Report[], as: Form): string {
  const sorted = [...reports].sort((a, b) => a.at.localeCompare(b.at));
  const all = [...new Set(sorted.map((it) => reporter(it, as)))];
  const more = all.length > MOST_REPORTERS ? ` and ${all.length - MOST_REPORTERS} more` : "";
  return `reported by ${all.slice(0, MOST_REPORTERS).join(", ")}${more}`;
}

function reporter({ side, sourceIdentifier, at, source }: Report, as: Form): string {
  if (source === "operation") return `the guard at ${as.clock(at)}`;
  if (source === "look") return `the RDS API, looked at ${as.clock(at)}`;
  return `${side ? `${side} ` : ""}${as.code(sourceIdentifier, 80)} at ${as.clock(at)}`;
}
