import type { KnownBlock } from "@slack/types";
import { utc } from "../deployments/time-words.ts";
import type { Phase } from "../standing/phase.ts";
import type { Standing } from "../standing/standing.ts";
import { blueAndGreen, countWords, isInParts, memberLines } from "./blue-and-green.ts";
import { buttons, offer } from "./buttons.ts";
import { operationWords } from "./en/operations/names.ts";
import { saidWords, shownWords } from "./en/operations/said.ts";
import type { Form } from "./form.ts";
import { context, fields, header, type Message, message, SEVERITY_WORD, section } from "./message.ts";
import { code, oneLine, plain } from "./mrkdwn.ts";
import { nextStep } from "./next-step.ts";
import { replicationLine } from "./replication-line.ts";
import { slackForm } from "./slack/form.ts";

const TITLE: Record<Phase, string> = {
  provisioning: "Building green",
  waiting: "Built, not ready yet",
  ready: "Ready to switch over",
  degraded: "Degraded: cannot be switched over",
  recreating: "Being created again",
  "switching-over": "Switching over",
  "switched-over": "Switched over",
  "partly-switched-over": "Partly switched over",
  failed: "Failed",
  deleted: "Deleted",
  unknown: "In a status that the guard does not know",
};

/** The computer whose terminal watches where no deployed guard does. */
export interface WatchedFrom {
  machine: string;
  /** What it may not see, in words. */
  cannotSee: readonly string[];
}

/**
 * The one Slack message for a deployment: what it is, its state, and what to do next.
 *
 * Has buttons for what to do next with `commands`, that is if Slack sends commands to the guard. `from` is the computer whose terminal
 * watches, if no deployed guard does.
 */
export function card(summary: Standing, commands = false, from?: WatchedFrom): Message {
  const title = titleOf(summary);
  const heading = header(`${oneLine(summary.name, 90)} · ${title}`);
  const offered = commands ? summary.offers.map((operation) => offer(operation, summary.id)) : [];
  const body = [
    ...cardBody(summary, slackForm(commands)),
    ...(offered.length > 0 ? [buttons(...offered)] : []),
    context(footer(summary, from)),
  ];
  return message(summary.severity, `${plain(summary.name, 90)}: ${title}`, heading, body);
}

/** What the card says below its heading; with `now` (milliseconds since 1970) how old what it says of the lag is. */
export function cardBody(summary: Standing, as: Form, now?: number): KnownBlock[] {
  const { statusDetails } = summary;
  return [
    fields(blueAndGreen(summary)),
    ...(isInParts(summary) ? [section(["*Members*", ...memberLines(summary.members)].join("\n"))] : []),
    ...(summary.phase === "provisioning" ? progress(summary) : []),
    ...(summary.operation ? operating(summary.operation, as) : []),
    section(`*Replication*\n${replicationLine(summary, now)}`),
    ...(statusDetails ? [section(`*Status details*\n${plain(statusDetails, 400)}`)] : []),
    section(`*What to do next*\n${nextStep(summary, as)}`),
  ];
}

function operating({ name, step, said, shows, since, failed, isOver }: NonNullable<Standing["operation"]>, as: Form): KnownBlock[] {
  if (step === undefined || failed !== undefined || isOver) return [];
  const { at, of } = step;
  const bar = "█".repeat(at) + "░".repeat(of - at);
  const waits = shows ? `\nnow: ${shownWords(shows, as)}` : "";
  // A time does not grow old, as a duration would, which somebody has to keep up to date.
  return [
    section(
      `*${operationWords(name).doing}*\n${bar} step ${at} of ${of}, since ${plain(utc(since))}\n${said ? saidWords(said, as) : ""}${waits}`,
    ),
  ];
}

/** The deployment's state, in a few words. */
export function titleOf(summary: Standing): string {
  const { phase, exists, members, replication, operation, policy, cancelled } = summary;
  if (phase === "failed" && cancelled) return "Stopped: green is deleted";
  if (operation?.stopping && operation.failed === undefined) return "Being stopped";
  if (phase === "degraded") {
    if (replication.state === "terminated") return "Replication terminated: cannot be switched over";
    return policy?.state === "announced" ? "Degraded: the guard will recreate it" : TITLE.degraded;
  }
  if (phase === "waiting" && replication.state === "stopped") return "Built, but replication is stopped";
  if (phase === "waiting" && replication.state === "error") return "Built, but replication has an error";
  if (phase === "partly-switched-over") return `Partly switched over: ${countWords(members)}`;
  if (isInParts(summary)) return `Switching over: ${countWords(members)} switched over`;
  return phase === "deleted" && exists ? "Being deleted" : TITLE[phase];
}

function progress({ progress: { done, of, now } }: Standing): KnownBlock[] {
  if (of === 0) return [];
  const bar = "█".repeat(done) + "░".repeat(of - done);
  return [section(`*Progress*\n${bar} ${done} of ${of} tasks done${now ? `, now ${code(now, 60)}` : ""}`)];
}

function footer(summary: Standing, from: WatchedFrom | undefined): string {
  const { id, status, exists, createTime, dropped } = summary;
  const created = createTime ? ` · created ${utc(createTime)}` : "";
  const gone = dropped > 0 ? ` · ${dropped.toLocaleString("en")} older reports are no longer kept` : "";
  return `${SEVERITY_WORD[summary.severity]} · ${code(id, 60)} · ${exists ? `status ${plain(status, 60)}` : "no longer exists"}${created}${gone}${from ? ` · ${fromWords(from)}` : ""}`;
}

function fromWords({ machine, cannotSee }: WatchedFrom): string {
  const blind = cannotSee.length === 0 ? "" : `; *it may not see ${cannotSee.join(", ")}*`;
  return `watched from ${code(machine, 90)}, only while \`npx bluegreen-guard watch\` runs there${blind}`;
}
