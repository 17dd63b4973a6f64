import type { Records } from "../clients/records.ts";
import type { SlackError } from "../clients/slack/failure.ts";
import type { Span } from "../clients/tracing.ts";
import { deploymentIdOf, NOTHING_TO_TELL } from "../facts/record.ts";
import { type ChannelDependencies, type ChannelLock, lockChannel } from "./channel-lock.ts";
import { inSpan } from "./span.ts";
import { type TellDeploymentDependencies, tellDeployment } from "./tell-deployment.ts";

const LOOK_AHEAD = 10;

/**
 * Tells Slack what is written down and not told yet, most urgent first, until `deadline` (milliseconds since 1970).
 *
 * Leaves everything to another run that is at it. `own` are the keys of records that this run has just written, which the index may not show yet, each with
 * the part of the trace in which it is told.
 * One deployment that cannot be told does not hold up the others.
 *
 * @throws SlackError or the SDK's error of the first deployment that could not be told; what is not marked as told is still to be told.
 */
export async function tellWaiting(
  own: ReadonlyMap<string, Span>,
  by: string,
  deadline: number,
  dependencies: TellDependencies,
): Promise<void> {
  const lock = await lockChannel(dependencies.slack.channel, by, dependencies);
  if (!lock) return;
  let failure: unknown;
  try {
    failure = await tellInOrder(own, lock, deadline, dependencies);
  } catch (error) {
    failure = error;
  }
  await lock.release(waitSeconds(failure));
  if (failure !== undefined) throw failure;
}

/** What telling needs of the outside. */
export type TellDependencies = TellDeploymentDependencies & ChannelDependencies;

async function tellInOrder(
  own: ReadonlyMap<string, Span>,
  lock: ChannelLock,
  deadline: number,
  dependencies: TellDependencies,
): Promise<unknown> {
  const { records, time } = dependencies;
  const done = new Set<string>();
  const failures: unknown[] = [];
  while (time.now() < deadline) {
    const key = await mostUrgent(records, [...own.keys()], done);
    if (key === undefined) break;
    try {
      const tell = () => tellDeployment(key, lock, deadline, dependencies);
      const told = await (own.get(key)?.run(tell) ?? inDeploymentSpan(key, dependencies, tell));
      if (!told) done.add(key);
    } catch (error) {
      if (stopsAll(error)) throw error;
      failures.push(error);
      done.add(key);
    }
  }
  return failures[0];
}

/** What no event of this run brought has a part of the trace of its own. */
function inDeploymentSpan(key: string, { telemetry }: TellDependencies, tell: () => Promise<boolean>): Promise<boolean> {
  return inSpan(telemetry, "Deployment", (span) => {
    span.note({ deployment: deploymentIdOf(key) });
    return tell();
  });
}

async function mostUrgent(records: Records, own: readonly string[], done: ReadonlySet<string>): Promise<string | undefined> {
  const open = await records.open({ belowRank: NOTHING_TO_TELL, limit: LOOK_AHEAD + done.size });
  return [...open.map(({ key }) => key), ...own].find((key) => !done.has(key));
}

/** True where Slack takes nothing now, so that the next deployment would fare no better. */
function stopsAll(error: unknown): boolean {
  const kind = (error as Partial<SlackError>).kind;
  return kind === "later" || kind === "settings";
}

/** How long to leave Slack alone after a failure: as long as it asked. */
function waitSeconds(failure: unknown): number {
  return (failure as Partial<SlackError> | undefined)?.retryAfterSeconds ?? 0;
}
