import type { Queue } from "../clients/queue.ts";
import type { OpenItem, Records } from "../clients/records.ts";
import type { SlackError } from "../clients/slack/failure.ts";
import { deploymentIdOf, NOTHING_TO_TELL } from "../facts/record.ts";
import { type Channel, channelsFor } from "./channel.ts";
import { Ends } from "./ends.ts";
import type { How } from "./how.ts";
import { anew, type News, type NewsDependencies, newsOf } from "./news.ts";
import { stopsAll } from "./send.ts";
import { inSpan } from "./span.ts";
import { STORM, tellStorm } from "./storm.ts";
import { type TurnDependencies, takeTurn } from "./turn.ts";
import { sayUnwritable } from "./unwritable.ts";
import { isStormKey, waitingIn } from "./waiting.ts";

/** What telling needs from the outside. */
export interface TellDependencies extends TurnDependencies, NewsDependencies {
  records: Records;
  /** Has the queue wake a run after `seconds`, which tells what still waits, should this one die; absent where there is no queue. */
  queue?: Pick<Queue, "wake">;
}

/** Why a channel takes nothing now, and in how many seconds it is asked again. */
export interface Refusal {
  channel: string;
  error: unknown;
  seconds: number;
}

const WAKE_SECONDS = 45;
/** How long after the end of a run that may have died another one is woken: clocks may differ. */
const AFTER_SECONDS = 5;

/** A channel that a run empties. */
interface Emptied {
  channel: Channel;
  /** What waits for it by what this run knows: the index may be behind. */
  left: Set<string>;
  done: Set<string>;
  /** Present while the run is at it: goes on by one turn. */
  goesOn?: AsyncGenerator<void, boolean>;
}

/** One run's telling, in turns and in all channels, until `deadline` (milliseconds since 1970). */
export class Run {
  readonly ends = new Ends();
  readonly refusals: Refusal[] = [];
  /** True if something waits that this run leaves to others. */
  isLeft = false;
  readonly channelOf: (id: string) => Channel;
  readonly #by: string;
  readonly #deadline: number;
  readonly #wakers: Set<string>;
  readonly #with: TellDependencies;
  readonly #emptied = new Map<string, Emptied>();
  readonly #known = new Map<string, News>();

  /** `wakers` are the runs that had this one woken. */
  constructor(by: string, deadline: number, wakers: readonly string[], dependencies: TellDependencies) {
    this.channelOf = channelsFor(by, dependencies);
    this.#by = by;
    this.#deadline = deadline;
    this.#wakers = new Set(wakers);
    this.#with = dependencies;
  }

  /** A turn in a part of the trace of its own, with a look at RDS now if there is no news; returns the news, unless it failed. */
  async turn(key: string, news: News | undefined, channel: Channel, how: How): Promise<News | undefined> {
    const { telemetry, time } = this.#with;
    const turn = () =>
      inSpan(telemetry, "Deployment", async (span) => {
        span.note({ deployment: deploymentIdOf(key) });
        const known = news ?? (await newsOf(key, [], time.now(), this.#with));
        this.ends.set(key, channel.id, await takeTurn(key, known, channel, how, this.#with));
        return known;
      });
    try {
      return await turn();
    } catch (error) {
      this.ends.set(key, channel.id, { end: "failed", error });
      await sayUnwritable(error, news?.look.view?.deployment.name, this.#with).catch((refusal: unknown) => this.#stopped(refusal));
      return undefined;
    }
  }

  /** Has a channel emptied, in which something waits: of the deployment of a record, if `key` is given. */
  empty(id: string, key?: string, news?: News): void {
    if (this.#isRefusing(id)) return;
    const at: Emptied = this.#emptied.get(id) ?? { channel: this.channelOf(id), left: new Set(), done: new Set() };
    this.#emptied.set(id, at);
    if (key !== undefined) {
      at.left.add(key);
      // What was told there is so no more.
      if (this.ends.get(key, id)?.end === "told") at.done.delete(key);
    }
    if (key !== undefined && news) this.#known.set(key, anew(news));
    at.goesOn ??= this.#emptying(at);
  }

  /** Empties the channels, a turn in each at a time, so that none waits for what another one takes. */
  async finish(): Promise<void> {
    const atWork = () => [...this.#emptied.values()].filter(({ goesOn }) => goesOn !== undefined);
    for (let round = atWork(); round.length > 0; round = atWork()) {
      for (const at of round) await this.#goOn(at);
    }
  }

  /** What a channel refuses ends the work on it: another run is woken for it. */
  async refused(id: string, error: unknown): Promise<void> {
    if (this.#isRefusing(id)) return;
    const { time, queue } = this.#with;
    const until = await this.channelOf(id).leave(((error as Partial<SlackError>).retryAfterSeconds ?? 0) * 1_000);
    const seconds = Math.ceil(((until ?? time.now()) - time.now()) / 1_000);
    await queue?.wake(seconds, this.#by);
    this.isLeft = true;
    this.refusals.push({ channel: id, error, seconds });
  }

  /** The default channel is told what cannot be kept. */
  async #stopped(error: unknown): Promise<void> {
    if (!stopsAll(error)) throw error;
    await this.refused(this.#with.slack.channel, error);
  }

  readonly #isRefusing = (id: string): boolean => this.refusals.some(({ channel }) => channel === id);

  async #goOn(at: Emptied): Promise<void> {
    try {
      const { done, value } = (await at.goesOn?.next()) ?? { done: true, value: false };
      if (!done) return;
      this.isLeft ||= value === true;
    } catch (error) {
      if (!stopsAll(error)) throw error;
      await this.refused(at.channel.id, error);
    }
    at.goesOn = undefined;
  }

  async *#emptying(at: Emptied): AsyncGenerator<void, boolean> {
    const { channel, done } = at;
    const { time, queue } = this.#with;
    if ((await this.#rows(at)).length === 0) return false;
    const held = await channel.held();
    if (held) {
      // Once a run: two messages that wake would have two woken each.
      if (this.#wakers.delete(held.by ?? "")) await queue?.wake((held.until - time.now()) / 1_000 + AFTER_SECONDS, held.by ?? "");
      return true;
    }
    // Before anything is held: should this run die, the queue wakes another one. Without that, the sweep is still to come.
    await queue?.wake(WAKE_SECONDS, this.#by).catch((error: unknown) => this.ends.set("queue", "", { end: "failed", error }));
    const waiting = async () => (await this.#rows(at)).filter(({ key }) => !isStormKey(key));
    for (;;) {
      if (!(await channel.drain())) return true;
      let isStorm = await this.#stormTold(channel, false);
      for (let rows = await waiting(); rows[0] && time.now() < this.#deadline; rows = await waiting()) {
        const [{ key }, after] = rows;
        if (rows.length >= STORM && !isStorm) isStorm = await this.#stormTold(channel, true);
        if (!(await this.#turnIn(at, key, after))) done.add(key);
        yield;
      }
      if (isStorm) await this.#stormTold(channel, true);
      await channel.leave();
      // Somebody may have left something to this run just before it let go.
      if (time.now() >= this.#deadline || (await waiting()).length === 0) return (await waiting()).length > 0;
    }
  }

  /** True if the deployment has more to tell in the channel. @throws what the channel refuses everything with */
  async #turnIn({ channel }: Emptied, key: string, after: OpenItem | undefined): Promise<boolean> {
    const known = this.#known.get(key);
    const others = [...this.#emptied.values()].some((it) => it.goesOn !== undefined && it.channel !== channel);
    const found = new Set<string>();
    const how: How = { waits: "later", yieldsTo: others ? "" : after?.rank, finds: (id) => void found.add(id) };
    const news = await this.turn(key, known, channel, how);
    for (const id of found) this.empty(id, key, news);
    const end = this.ends.get(key, channel.id);
    if (end?.end === "failed" && stopsAll(end.error)) throw end.error;
    if (end?.end !== "yielded" || !news) return false;
    this.#known.set(key, news);
    return true;
  }

  /** The same as `tellStorm`; where Slack refuses that message alone, each deployment's own are told all the same. */
  async #stormTold(channel: Channel, isMany: boolean): Promise<boolean> {
    try {
      return await tellStorm(channel, isMany, this.#with);
    } catch (error) {
      if ((error as Partial<SlackError>).kind === undefined || stopsAll(error)) throw error;
      this.ends.set("storm", channel.id, { end: "failed", error });
      return true;
    }
  }

  async #rows({ channel: { id }, left, done }: Emptied): Promise<OpenItem[]> {
    const { records, slack } = this.#with;
    const open = await waitingIn(records, id, slack.channel, STORM + done.size);
    const rest = [...left].filter((key) => !open.some((it) => it.key === key)).map((key) => ({ key, rank: NOTHING_TO_TELL }));
    return [...open, ...rest].filter(({ key }) => !done.has(key));
  }
}
