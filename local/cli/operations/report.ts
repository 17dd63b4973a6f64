import { type Fact, latest, withReport } from "../../../src/facts/facts.ts";
import { reportOf } from "../../../src/facts/report-of.ts";
import type { Switched } from "../../../src/messages/advice-shape.ts";
import * as words from "../../../src/messages/language.ts";
import { inTerminal } from "../../../src/messages/terminal/form.ts";
import { eventsOf } from "../../../src/operations/read/deployment-events.ts";
import { viewAt } from "../../../src/operations/read/view-of.ts";
import type { OperationRequest } from "../../../src/operations/request.ts";
import { standingOf } from "../../../src/standing/standing.ts";
import { threadEntryOf } from "../../../src/standing/thread-entry.ts";

import { awsAdvice } from "../aws-advice.ts";
import type { Place } from "./place.ts";
import type { Terminal } from "./terminal.ts";

/** Says what a switchover did and what remains to be done, as the Slack thread does, from what RDS returns now. */
export async function sayReport(request: OperationRequest, place: Place, terminal: Terminal): Promise<void> {
  const lines = await reportLines(request, place).catch((error: Error) => [
    `What it did in full could not be read: ${awsAdvice(error) ?? error.message}`,
  ]);
  terminal.say(["", ...lines].join("\n"));
  terminal.tell({ report: lines });
}

async function reportLines({ deploymentId, attemptedAt = "", memory }: OperationRequest, { rds, now }: Place): Promise<string[]> {
  const deployment = await rds.deployment(deploymentId);
  if (!deployment) return [`RDS does not know ${deploymentId} any more: what it did in full cannot be read.`];
  const view = await viewAt(deployment, rds);
  const signals = await eventsOf(deployment, rds, Date.parse(attemptedAt), now());
  const facts = signals.reduce<readonly Fact[]>((all, it) => withReport(all, it.rule, reportOf(it, deployment)), []);
  const summary = standingOf({ view, facts, memory });
  const completed = latest(facts, "switchover-completed");
  const switched: Switched = completed ? threadEntryOf(completed, facts, summary) : { reading: {}, deployment: summary };
  return [
    ...words.switchoverReport(switched, inTerminal),
    "",
    ...words.remaining(switched, inTerminal),
    "",
    ...words.wayBack(switched, inTerminal),
  ];
}
