import type { KnownBlock } from "@slack/types";
import type { Phase } from "../deployments/phase.ts";
import type { Summary } from "../deployments/summary.ts";
import type { Severity } from "../rules/rule.ts";
import { blueAndGreen } from "./blue-and-green.ts";
import { context, fields, header, type Message, message, SEVERITY_WORD, section } from "./message.ts";
import { code, oneLine, plain } from "./mrkdwn.ts";
import { isStopped, nextStep } from "./next-step.ts";
import { replicationLine } from "./replication-line.ts";
import { utc } from "./time.ts";

const TITLE: Record<Phase, string> = {
  provisioning: "Building green",
  ready: "Ready to switch over",
  degraded: "Degraded: cannot be switched over",
  recreating: "Being created again",
  "switching-over": "Switching over",
  "switched-over": "Switched over",
  failed: "Failed",
  deleted: "Deleted",
  unknown: "In a status that the guard does not know",
};

const SEVERITY: Record<Phase, Severity> = {
  provisioning: "info",
  ready: "good",
  degraded: "critical",
  recreating: "warning",
  "switching-over": "warning",
  "switched-over": "good",
  failed: "critical",
  deleted: "info",
  unknown: "warning",
};

/** The one Slack message of a deployment: what it is, where it stands, and what to do next. */
export function card(summary: Summary): Message {
  const title = titleOf(summary);
  const heading = header(`${oneLine(summary.name, 90)} · ${title}`);
  return message(severityOf(summary), `${plain(summary.name, 90)}: ${title}`, heading, body(summary));
}

function titleOf(summary: Summary): string {
  if (isStopped(summary)) return "Built, but replication is stopped";
  return summary.phase === "deleted" && summary.exists ? "Being deleted" : TITLE[summary.phase];
}

function severityOf(summary: Summary): Severity {
  return isStopped(summary) ? "warning" : SEVERITY[summary.phase];
}

function body(summary: Summary): KnownBlock[] {
  const { statusDetails } = summary;
  return [
    fields(blueAndGreen(summary)),
    ...(summary.phase === "provisioning" ? progress(summary) : []),
    section(`*Replication*\n${replicationLine(summary)}`),
    ...(statusDetails ? [section(`*Status details*\n${plain(statusDetails, 400)}`)] : []),
    section(`*What to do next*\n${nextStep(summary)}`),
    context(footer(summary)),
  ];
}

function progress({ progress: { done, of, now } }: Summary): KnownBlock[] {
  if (of === 0) return [];
  const bar = "█".repeat(done) + "░".repeat(of - done);
  return [section(`*Progress*\n${bar} ${done} of ${of} tasks done${now ? `, now ${code(now, 60)}` : ""}`)];
}

function footer(summary: Summary): string {
  const { id, status, exists, createTime } = summary;
  const created = createTime ? ` · created ${utc(createTime)}` : "";
  return `${SEVERITY_WORD[severityOf(summary)]} · ${code(id, 60)} · ${exists ? `status ${plain(status, 60)}` : "no longer exists"}${created}`;
}
