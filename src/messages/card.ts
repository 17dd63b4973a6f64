import type { KnownBlock } from "@slack/types";
import type { Phase } from "../deployments/phase.ts";
import { duration, utc } from "../deployments/time-words.ts";
import type { Summary } from "../facts/summary.ts";
import type { Severity } from "../rules/rule.ts";
import { blueAndGreen } from "./blue-and-green.ts";
import { type ButtonWords, buttons, offer } from "./buttons.ts";
import { context, fields, header, type Message, message, SEVERITY_WORD, section } from "./message.ts";
import { code, oneLine, plain } from "./mrkdwn.ts";
import { isStopped, nextStep } from "./next-step.ts";
import { replicationLine } from "./replication-line.ts";

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

/**
 * The one Slack message for a deployment: what it is, its state, and what to do next.
 *
 * Has buttons for what to do next with `commands`, that is if Slack sends commands to the guard.
 */
export function card(summary: Summary, commands = false): Message {
  const title = titleOf(summary);
  const heading = header(`${oneLine(summary.name, 90)} · ${title}`);
  const offered = commands ? offers(summary) : [];
  const body = [...cardBody(summary, commands), ...(offered.length > 0 ? [buttons(...offered)] : []), context(footer(summary))];
  return message(severityOf(summary), `${plain(summary.name, 90)}: ${title}`, heading, body);
}

/** The buttons for what is possible now; none while an operation is under way or once the deployment is gone. */
function offers(summary: Summary): ButtonWords[] {
  const { id, phase, operation, status, exists } = summary;
  if (!exists || (operation && operation.failed === undefined)) return [];
  const recreate = offer("recreate", id);
  const switchover = offer("switchover", id);
  if (phase === "degraded") return [recreate];
  if (phase === "ready") return isStopped(summary) ? [] : [switchover];
  if (phase !== "failed") return [];
  return status === "SWITCHOVER_FAILED" && !summary.degraded ? [switchover, recreate] : [recreate];
}

/** What the card says below its heading. */
export function cardBody(summary: Summary, commands: boolean): KnownBlock[] {
  const { statusDetails } = summary;
  return [
    fields(blueAndGreen(summary)),
    ...(summary.phase === "provisioning" ? progress(summary) : []),
    ...(summary.operation ? operating(summary.operation) : []),
    section(`*Replication*\n${replicationLine(summary)}`),
    ...(statusDetails ? [section(`*Status details*\n${plain(statusDetails, 400)}`)] : []),
    section(`*What to do next*\n${nextStep(summary, commands)}`),
  ];
}

function operating({ doing, step, text, shows, elapsedMs, failed }: NonNullable<Summary["operation"]>): KnownBlock[] {
  if (step === undefined || failed !== undefined) return [];
  const { at, of } = step;
  const bar = "█".repeat(at) + "░".repeat(of - at);
  const waits = shows ? `\nnow: ${plain(shows, 200)}` : "";
  return [
    section(
      `*${doing}*\n${bar} step ${at} of ${of}, for ${elapsedMs === 0 ? "less than a minute" : duration(elapsedMs)}\n${plain(text, 400)}${waits}`,
    ),
  ];
}

/** The deployment's state, in a few words. */
export function titleOf(summary: Summary): string {
  if (isStopped(summary)) return "Built, but replication is stopped";
  return summary.phase === "deleted" && summary.exists ? "Being deleted" : TITLE[summary.phase];
}

function severityOf(summary: Summary): Severity {
  return isStopped(summary) ? "warning" : SEVERITY[summary.phase];
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
