import { randomUUID } from "node:crypto";
import type { Records } from "../clients/records.ts";
import { cardOf, type Post } from "../facts/posts.ts";
import { type DeploymentRecord, NOTHING_TO_TELL, newRecord, rankOf } from "../facts/record.ts";
import { amendRecord, writeRecord } from "../operations/amend-record.ts";
import { readStanding } from "../operations/read/standing-of.ts";
import type { Standing } from "../standing/standing.ts";
import { ALIVE_MS, type Channel, type ChannelDependencies, type Slots } from "./channel.ts";
import { type Due, dueOf, isNothing, NOTHING_LEFT_OUT, type Teller, withLeftOut } from "./due.ts";
import { cardOfForerunner, continueForerunner } from "./forerunner.ts";
import { begunOf, isNew, isUpdate, type Mark, othersOf, settledOf, waitingOf } from "./marks.ts";
import { type News, newestLook } from "./news.ts";
import { readingOnce } from "./reading-once.ts";
import { type SendDependencies, send, stopsAll } from "./send.ts";

/**
 * How a turn ended. `told`: nothing is left to tell. `busy`: the channel takes no message of it now. `yielded`: what is left is less urgent
 * than what waits of another deployment. `left`: another run tells of it, at most until the time given. `failed`: something did not take
 * what it was given.
 */
export type TurnEnd =
  | { end: "told" }
  | { end: "busy" }
  | { end: "yielded" }
  | { end: "left"; until: number }
  | { end: "failed"; error: unknown };

/** How long after its end a lease is taken over: clocks may differ. */
const TAKEN_OVER_AFTER_MS = 5_000;
const MOST_ROUNDS = 60;

/**
 * One turn of a deployment: writes down what is new, tells what is due, and marks it, in rounds of at most one new message and one event on
 * the bus. So a run that is killed repeats that message or that event and nothing else, and leaves nothing out.
 *
 * It waits for its slots as `waits` says; a run that takes several turns at once leaves that to whoever drains. It ends early if what is
 * left would stand behind the rank `yieldsTo`.
 *
 * @throws SlackError or the SDK's error of what was not taken; all that was taken is marked before, and the rest remains to be told
 */
export async function takeTurn(
  key: string,
  news: News,
  channel: Channel,
  { waits, yieldsTo }: { waits: Waits; yieldsTo?: string },
  dependencies: TurnDependencies,
): Promise<TurnEnd> {
  const turn = new Turn(key, news, channel, yieldsTo, dependencies);
  try {
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const end = await turn.round(waits === "always" || (waits === "later" && round > 0), waits !== "never");
      if (end) return end;
    }
    return { end: "busy" };
  } finally {
    turn.letGo();
  }
}

/** Whether a turn waits two seconds at most for a channel's next slot: in no round, from the second one on, in each. */
export type Waits = "never" | "later" | "always";

/** What a turn needs from the outside. */
export interface TurnDependencies extends ChannelDependencies, SendDependencies, Teller {}

class Turn {
  readonly #key: string;
  readonly #news: News;
  readonly #channel: Channel;
  readonly #yieldsTo: string | undefined;
  readonly #with: TurnDependencies;
  readonly #by = randomUUID();
  #read: Pick<Records, "read">;
  #slots: Slots = { post: false, update: false };
  /** True while a new message of this turn may stand in the channel and is not marked: at most one of a run. */
  #isPosting = false;
  /** What this turn was refused: all else is told before it fails. */
  #leftOut = NOTHING_LEFT_OUT;
  #failure: { error: unknown } | undefined;
  #isOldCardGone = false;
  /** The record as this turn last wrote it. */
  #known: DeploymentRecord | undefined;

  constructor(key: string, news: News, channel: Channel, yieldsTo: string | undefined, dependencies: TurnDependencies) {
    this.#key = key;
    this.#news = news;
    this.#channel = channel;
    this.#yieldsTo = yieldsTo;
    this.#with = dependencies;
    this.#read = news.reads ?? readingOnce(dependencies.records);
    this.#known = news.record;
  }

  /** Undefined if there may be more to tell, or if it finds the channel busy and `mayWait` for it in the next round. */
  async round(waits: boolean, mayWait: boolean): Promise<TurnEnd | undefined> {
    const { records, time } = this.#with;
    const stored = this.#known ?? (await records.read<DeploymentRecord>(this.#key)) ?? newRecord(this.#key);
    this.#known = undefined;
    this.#news.read?.(stored, this.#read);
    const record = this.#news.fold(stored);
    const { due, old } = await this.#due(record);
    const { lease } = stored;
    if (isNothing(due)) return this.#endsWith(due, record, stored);
    if (lease && lease.by !== this.#by && lease.until + TAKEN_OVER_AFTER_MS > time.now())
      return this.#ends({ end: "left", until: lease.until }, record, stored);
    const hasSlots = await this.#reserve(due, waits);
    if (!hasSlots && !due.bus) return this.#ends({ end: "busy" }, waitingOf(record, due, this.#by), stored);
    const sent: Due = hasSlots ? due : { bus: due.bus };
    const begun = begunOf({ ...record, lease: { by: this.#by, until: time.now() + (this.#with.aliveMs ?? ALIVE_MS) } }, sent);
    if (!(await this.#write(begun, stored))) return undefined;
    return this.#send(sent, this.#known ?? begun, old, !hasSlots && !mayWait);
  }

  /** All is told, or all but what was refused. @throws what it was refused with */
  async #endsWith(due: Due, record: DeploymentRecord, stored: DeploymentRecord): Promise<TurnEnd | undefined> {
    const after = this.#failure ? waitingOf(record, due, this.#by) : settledOf(record, this.#by);
    const end = await this.#ends({ end: "told" }, after, stored);
    if (end && this.#failure) throw this.#failure.error;
    return end;
  }

  /** Lets the run's other turns post. */
  letGo(): void {
    if (this.#isPosting) this.#channel.marked();
    this.#isPosting = false;
  }

  /** Whether the channel takes the messages now; a slot that was taken for a write that failed is still this turn's. */
  async #reserve({ card, entry }: Due, waits: boolean): Promise<boolean> {
    const post = (isNew(card) || isNew(entry)) && !this.#slots.post;
    const update = (isUpdate(card) || isUpdate(entry)) && !this.#slots.update;
    if (!post && !update) return true;
    if (!(await this.#channel.reserve({ post, update }, waits))) return false;
    this.#isPosting ||= post;
    this.#slots = { post: post || this.#slots.post, update: update || this.#slots.update };
    return true;
  }

  /** Undefined if somebody else has written meanwhile: then all is looked at again. */
  async #ends(end: TurnEnd, record: DeploymentRecord, stored: DeploymentRecord): Promise<TurnEnd | undefined> {
    return record === stored || (await this.#write(record, stored)) ? end : undefined;
  }

  async #due(record: DeploymentRecord): Promise<{ due: Due; standing?: Standing; old?: Post }> {
    const { view, left } = newestLook(this.#news, record);
    const { commands, from, form } = this.#with;
    const standing = await readStanding({ view, record, left }, this.#read, this.#with.time.now());
    const old = standing && !cardOf(record) && !this.#isOldCardGone ? await cardOfForerunner(record, this.#read) : undefined;
    return { due: dueOf(record, standing, old, { commands, from, form, leftOut: this.#leftOut }), standing, old };
  }

  /** Undefined if there may be more to tell. */
  async #send(due: Due, begun: DeploymentRecord, old: Post | undefined, isBusy: boolean): Promise<TurnEnd | undefined> {
    this.#slots = { post: false, update: false };
    if (due.card && old) await continueForerunner(begun, this.#with.records, this.#read);
    const { marks, failures } = await send(due, begun, this.#with);
    const refusal = failures.find(({ error }) => stopsAll(error));
    // Where another deployment's card cannot be changed, this one gets its own.
    this.#isOldCardGone ||= due.card !== undefined && old !== undefined;
    for (const { what, error } of failures.filter((it) => it.what !== "card" || !old)) {
      this.#leftOut = withLeftOut(this.#leftOut, what, due);
      this.#failure ??= { error };
    }
    const end = await this.#mark(marks, begun, { hasFailed: refusal !== undefined, isBusy });
    this.letGo();
    if (refusal) throw refusal.error;
    return end;
  }

  /** How the turn ends by that; undefined if there may be more to tell. */
  async #mark(
    marks: readonly Mark[],
    begun: DeploymentRecord,
    { hasFailed, isBusy }: { hasFailed: boolean; isBusy: boolean },
  ): Promise<TurnEnd | undefined> {
    const after = (record: DeploymentRecord) => marks.reduce((so, mark) => mark(so), record);
    const told = after(begun);
    const { due } = await this.#due(told);
    const waiting = isBusy && !hasFailed && !due.bus && !isNothing(due) ? waitingOf(told, due, this.#by) : undefined;
    const isLeft = !hasFailed && isNothing(due);
    const isTold = isLeft && this.#failure === undefined;
    const yields = !isLeft && !hasFailed && (rankOf(told) ?? "") > (this.#yieldsTo ?? NOTHING_TO_TELL);
    const marked = (record: DeploymentRecord) =>
      hasFailed || yields || isLeft ? { ...after(record), lease: othersOf(record, this.#by) } : after(record);
    const settled = isTold ? settledOf(told, this.#by) : (waiting ?? marked(begun));
    const end: TurnEnd | undefined = isTold ? { end: "told" } : waiting ? { end: "busy" } : yields ? { end: "yielded" } : undefined;
    if (await this.#write(settled, begun)) return end;
    this.#known = await amendRecord(this.#with.records, this.#key, marked);
    return yields ? { end: "yielded" } : undefined;
  }

  /** Writes the record in place of `before`; false if somebody else has written meanwhile. */
  async #write(record: DeploymentRecord, before: DeploymentRecord): Promise<boolean> {
    const written = await writeRecord(this.#with.records, record, before);
    this.#known = written;
    // What others write may be about what stands elsewhere, such as a request that somebody has stopped.
    if (!written) this.#read = readingOnce(this.#with.records);
    return written !== undefined;
  }
}
