import type { Queue } from "../clients/queue.ts";
import type { OpenItem, Records } from "../clients/records.ts";
import type { SlackError } from "../clients/slack/failure.ts";
import { deploymentIdOf, NOTHING_TO_TELL } from "../facts/record.ts";
import { type Channel, channelFor } from "./channel.ts";
import { type News, type NewsDependencies, newsOf } from "./news.ts";
import { stopsAll } from "./send.ts";
import { inSpan } from "./span.ts";
import { isStormKey, STORM, tellStorm } from "./storm.ts";
import { type TurnDependencies, type TurnEnd, takeTurn, type Waits } from "./turn.ts";
import { sayUnwritable } from "./unwritable.ts";

/** What telling needs from the outside. */
export interface TellDependencies extends TurnDependencies, NewsDependencies {
  records: Records;
  /** Has the queue wake a run after `seconds`, which tells what still waits, should this one die; absent where there is no queue. */
  queue?: Pick<Queue, "wake">;
}

/** How telling ended. */
export interface Told {
  /** How the turn of each deployment ended. */
  ends: ReadonlyMap<string, TurnEnd>;
  /** True if something waits that this run leaves to others. */
  isLeft: boolean;
  /** Why Slack takes nothing now, and in how many seconds it is asked again. */
  refusal?: { error: unknown; seconds: number };
}

const WAKE_SECONDS = 45;
/** How long after the end of a run that may have died another one is woken: clocks may differ. */
const AFTER_SECONDS = 5;

/**
 * Tells of the deployments of which a run has news, each in a turn of its own, until `deadline` (milliseconds since 1970); a channel that is
 * busy is emptied in order, most urgent first, by one run at a time.
 *
 * A deployment that cannot be told of does not hold up the others; what is not marked as told remains to be told.
 */
export async function tell(
  own: ReadonlyMap<string, News>,
  by: string,
  deadline: number,
  dependencies: TellDependencies,
  waits: Waits = own.size === 1 ? "later" : "never",
): Promise<Told> {
  return telling(by, dependencies, async (channel, ends) => {
    await Promise.all([...own].map(([key, news]) => takeTurnOf(key, news, channel, { waits }, ends, dependencies)));
    throwRefusal(ends);
    const isBusy = [...ends.values()].some(({ end }) => end === "busy");
    return isBusy && (await empty(own, deadline, channel, ends, dependencies, by));
  });
}

/**
 * Tells what waits for the channel, most urgent first, until `deadline`. While one of the `wakers`, the runs that had this one woken, may
 * still be at it, it has the queue wake another one.
 */
export async function drain(by: string, deadline: number, dependencies: TellDependencies, wakers: readonly string[] = []): Promise<Told> {
  return telling(by, dependencies, (channel, ends) => empty(new Map(), deadline, channel, ends, dependencies, by, wakers));
}

type Ends = Map<string, TurnEnd>;

async function telling(by: string, dependencies: TellDependencies, run: (channel: Channel, ends: Ends) => Promise<boolean>): Promise<Told> {
  const { queue, time } = dependencies;
  const channel = channelFor(dependencies.slack.channel, by, dependencies);
  const ends: Ends = new Map();
  try {
    return { ends, isLeft: await run(channel, ends) };
  } catch (error) {
    if (!stopsAll(error)) throw error;
    const until = await channel.leave(((error as Partial<SlackError>).retryAfterSeconds ?? 0) * 1_000);
    const seconds = Math.ceil(((until ?? time.now()) - time.now()) / 1_000);
    await queue?.wake(seconds, by);
    return { ends, isLeft: true, refusal: { error, seconds } };
  }
}

async function empty(
  own: ReadonlyMap<string, News>,
  deadline: number,
  channel: Channel,
  ends: Ends,
  dependencies: TellDependencies,
  by: string,
  wakers: readonly string[] = [],
): Promise<boolean> {
  const { records, time, queue } = dependencies;
  const done = new Set<string>();
  const busy = [...own].filter(([key]) => ends.get(key)?.end === "busy");
  // What was read for the turns that found the channel busy is old by then.
  const known = new Map<string, News>(busy.map(([key, news]) => [key, { ...news, record: undefined, reads: undefined }]));
  const left = busy.map(([key]) => ({ key, rank: NOTHING_TO_TELL }));
  const waiting = async () => (await mostUrgent(records, left, done)).filter(({ key }) => !isStormKey(key));
  if ((await mostUrgent(records, left, done)).length === 0) return false;
  const held = await channel.held();
  if (held) {
    if (wakers.includes(held.by ?? "")) await queue?.wake((held.until - time.now()) / 1_000 + AFTER_SECONDS, held.by ?? "");
    return true;
  }
  // Before anything is held: should this run die, the queue wakes another one. Without that, the sweep is still to come.
  await queue?.wake(WAKE_SECONDS, by).catch((error: unknown) => ends.set("queue", { end: "failed", error }));
  for (;;) {
    if (!(await channel.drain())) return true;
    let isStorm = await stormTold(channel, false, ends, dependencies);
    for (let rows = await waiting(); rows[0] && time.now() < deadline; rows = await waiting()) {
      const [{ key }, after] = rows;
      if (rows.length >= STORM && !isStorm) isStorm = await stormTold(channel, true, ends, dependencies);
      const news = await takeTurnOf(key, known.get(key), channel, { waits: "later", yieldsTo: after?.rank }, ends, dependencies);
      throwRefusal(ends);
      if (ends.get(key)?.end === "yielded" && news) known.set(key, news);
      else done.add(key);
    }
    if (isStorm) await stormTold(channel, true, ends, dependencies);
    await channel.leave();
    // Somebody may have left something to this run just before it let go.
    if (time.now() >= deadline || (await waiting()).length === 0) return (await waiting()).length > 0;
  }
}

/** The same as `tellStorm`; where Slack refuses that message alone, each deployment's own are told all the same. */
async function stormTold(channel: Channel, isMany: boolean, ends: Ends, dependencies: TellDependencies): Promise<boolean> {
  try {
    return await tellStorm(channel, isMany, dependencies);
  } catch (error) {
    if ((error as Partial<SlackError>).kind === undefined || stopsAll(error)) throw error;
    ends.set("storm", { end: "failed", error });
    return true;
  }
}

/** A turn in a part of the trace of its own, with a look at RDS now if there is no news; returns the news, unless it failed. */
async function takeTurnOf(
  key: string,
  news: News | undefined,
  channel: Channel,
  how: { waits: Waits; yieldsTo?: string },
  ends: Ends,
  dependencies: TellDependencies,
): Promise<News | undefined> {
  const { telemetry, time } = dependencies;
  const turn = () =>
    inSpan(telemetry, "Deployment", async (span) => {
      span.note({ deployment: deploymentIdOf(key) });
      const known = news ?? (await newsOf(key, [], time.now(), dependencies));
      ends.set(key, await takeTurn(key, known, channel, how, dependencies));
      return known;
    });
  try {
    return await turn();
  } catch (error) {
    ends.set(key, { end: "failed", error });
    await sayUnwritable(error, news?.look.view?.deployment.name, dependencies);
    return undefined;
  }
}

/** @throws the first failure that concerns every deployment. */
function throwRefusal(ends: Ends): void {
  for (const end of ends.values()) if (end.end === "failed" && stopsAll(end.error)) throw end.error;
}

async function mostUrgent(records: Records, own: readonly OpenItem[], done: ReadonlySet<string>): Promise<OpenItem[]> {
  const open = await records.open({ belowRank: NOTHING_TO_TELL, limit: STORM + done.size });
  const rest = own.filter(({ key }) => !open.some((it) => it.key === key));
  return [...open, ...rest].filter(({ key }) => !done.has(key));
}
