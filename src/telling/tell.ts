import type { TurnEnd } from "./ends.ts";
import type { Waits } from "./how.ts";
import { anew, type News } from "./news.ts";
import { placesOf } from "./places.ts";
import { type Refusal, Run, type TellDependencies } from "./run.ts";
import { channelsWaiting } from "./waiting.ts";

export type { TellDependencies };

/** How telling ended. */
export interface Told {
  /** How the turns of each deployment ended, in the channel that asks for most. */
  ends: ReadonlyMap<string, TurnEnd>;
  /** True if something waits that this run leaves to others. */
  isLeft: boolean;
  /** The channels that take nothing now. */
  refusals: readonly Refusal[];
}

/**
 * Tells of the deployments of which a run has news, each in a turn of its own in each of its channels, until `deadline` (milliseconds since
 * 1970); a channel that is busy is emptied in order, most urgent first, by one run at a time.
 *
 * A deployment that cannot be told of does not hold up the others, nor does a channel; what is not marked as told remains to be told.
 */
export async function tell(
  own: ReadonlyMap<string, News>,
  by: string,
  deadline: number,
  dependencies: TellDependencies,
  waits: Waits = own.size === 1 ? "later" : "never",
): Promise<Told> {
  const run = new Run(by, deadline, [], dependencies);
  const late: [string, string][] = [];
  await Promise.all(
    [...own].map(async ([key, news]) => {
      const channels = [firstOf(news, dependencies)];
      const found = new Set(channels);
      const finds = (id: string) => (found.has(id) ? late.push([id, key]) : found.add(id));
      for (const id of found) {
        await run.turn(key, id === channels[0] ? news : anew(news), run.channelOf(id), { waits, finds });
      }
    }),
  );
  for (const [id, error] of run.ends.refusing()) await run.refused(id, error);
  for (const [key, id] of run.ends.busy()) run.empty(id, key, own.get(key));
  for (const [id, key] of late) if (run.ends.get(key, id)?.end === "told") run.empty(id, key, own.get(key));
  return toldBy(run);
}

/**
 * Tells what waits for any channel, most urgent first in each, until `deadline`. While one of the `wakers`, the runs that had this one woken,
 * may still be at it, it has the queue wake another one.
 */
export async function drain(by: string, deadline: number, dependencies: TellDependencies, wakers: readonly string[] = []): Promise<Told> {
  const run = new Run(by, deadline, wakers, dependencies);
  for (const id of await channelsWaiting(dependencies.records, dependencies.slack.channel)) run.empty(id);
  return toldBy(run);
}

async function toldBy(run: Run): Promise<Told> {
  await run.finish();
  return { ends: run.ends.gravest(), isLeft: run.isLeft, refusals: run.refusals };
}

/** The channel in which a turn begins: the deployment's own, as far as the news shows it. */
function firstOf({ look, record }: News, dependencies: TellDependencies): string {
  const places = placesOf(dependencies);
  const deployment = (look.view ?? record?.seen)?.deployment;
  return deployment ? places.of(deployment) : (record?.home ?? places.byDefault);
}
