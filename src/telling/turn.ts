import { randomUUID } from "node:crypto";
import type { Records } from "../clients/records.ts";
import { BUS } from "../facts/facts.ts";
import { type DeploymentRecord, NOTHING_TO_TELL, newRecord, waitsOf } from "../facts/record.ts";
import { amendRecord, writeRecord } from "../operations/amend-record.ts";
import { ALIVE_MS, type Channel, type ChannelDependencies, NO_SLOTS, type Slots } from "./channel.ts";
import { isNothing, NOTHING_LEFT_OUT, withLeftOut } from "./due.ts";
import { type Due, isNew, isUpdate, type Teller } from "./due-message.ts";
import type { TurnEnd } from "./ends.ts";
import { withFallen } from "./fallen.ts";
import { continueForerunner } from "./forerunner.ts";
import type { How } from "./how.ts";
import { begunOf, heldUntil, type Mark, othersOf, settledOf, waitingOf } from "./marks.ts";
import type { News } from "./news.ts";
import { type Places, type PlacesDependencies, placesOf } from "./places.ts";
import { readingOnce } from "./reading-once.ts";
import { othersIn, type Round, roundOf } from "./round.ts";
import { type SendDependencies, send, stopsAll } from "./send.ts";
import { decided } from "./together.ts";

const MOST_ROUNDS = 60;

/**
 * One turn of a deployment in a channel: writes down what is new, tells what is due there and on the bus, and marks it, in rounds of at most
 * one new message and one event on the bus. So a run that is killed repeats that message or that event and nothing else, and leaves nothing
 * out.
 *
 * @throws SlackError or the SDK's error of what was not taken; all that was taken is marked before, and the rest remains to be told
 */
export async function takeTurn(key: string, news: News, channel: Channel, how: How, dependencies: TurnDependencies): Promise<TurnEnd> {
  const { waits } = how;
  const turn = new Turn(key, news, channel, how, dependencies);
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

/** What a turn needs from the outside. */
export interface TurnDependencies
  extends ChannelDependencies,
    SendDependencies,
    Pick<PlacesDependencies, "channels" | "allOnBus">,
    Teller {}

class Turn {
  readonly #key: string;
  readonly #news: News;
  readonly #channel: Channel;
  readonly #how: How;
  readonly #with: TurnDependencies;
  readonly #places: Places;
  readonly #by = randomUUID();
  #read: Pick<Records, "read">;
  #slots: Slots = NO_SLOTS;
  /** True while a new message of this turn may stand in the channel and is not marked: at most one of a run. */
  #isPosting = false;
  /** What this turn was refused: all else is told before it fails. */
  #leftOut = NOTHING_LEFT_OUT;
  #failure: { error: unknown } | undefined;
  #isOldCardGone = false;
  /** The record as this turn last wrote it. */
  #known: DeploymentRecord | undefined;

  constructor(key: string, news: News, channel: Channel, how: How, dependencies: TurnDependencies) {
    this.#key = key;
    this.#news = news;
    this.#channel = channel;
    this.#how = how;
    this.#with = dependencies;
    this.#places = placesOf(dependencies);
    this.#read = news.reads ?? readingOnce(dependencies.records);
    this.#known = news.record;
  }

  /** Undefined if there may be more to tell, or if it finds the channel busy and `mayWait` for it in the next round. */
  async round(waits: boolean, mayWait: boolean): Promise<TurnEnd | undefined> {
    const { records, time, aliveMs = ALIVE_MS } = this.#with;
    const stored = this.#known ?? (await records.read<DeploymentRecord>(this.#key)) ?? newRecord(this.#key);
    this.#known = undefined;
    this.#news.read?.(stored, this.#read);
    const round = await this.#due(decided(this.#news.fold(stored), this.#places));
    const { record } = round;
    const held = (place: string) => heldUntil(stored, place, this.#by, time.now());
    const isPublishing = round.due.bus && held(BUS) !== undefined;
    const due = isPublishing ? { ...round.due, bus: undefined } : round.due;
    // What Slack refused is somebody's next turn, whoever publishes the rest.
    if (isNothing(round.due) || (this.#leftOut.slack && isNothing(due))) return this.#endsWith(round, stored);
    const until = held(this.#channel.id) ?? (isNothing(due) ? held(BUS) : undefined);
    if (until !== undefined) return this.#ends({ end: "left", until }, record, stored);
    const hasSlots = await this.#reserve(due, waits);
    if (!hasSlots && !due.bus) return this.#ends({ end: "busy" }, waitingOf(record, due, this.#by), stored);
    const sent: Due = hasSlots ? due : { bus: due.bus };
    const lease = { by: this.#by, until: time.now() + aliveMs };
    const leases = { ...othersOf(record, this.#by), [this.#channel.id]: lease, ...(sent.bus && { [BUS]: lease }) };
    const begun = begunOf({ ...record, leases }, sent);
    if (!(await this.#write(begun, stored))) return undefined;
    return this.#send(sent, { record: this.#known ?? begun, old: round.old }, !hasSlots && !mayWait);
  }

  /** All is told, or all but what was refused. @throws what it was refused with */
  async #endsWith({ record, due, isCardHere }: Round, stored: DeploymentRecord): Promise<TurnEnd | undefined> {
    const after = this.#failure ? waitingOf(record, due, this.#by) : settledOf(record, this.#channel.id, isCardHere, this.#by);
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
  async #reserve({ card, entry, details }: Due, waits: boolean): Promise<boolean> {
    const all = [card, entry, details];
    const post = all.some(isNew) && !this.#slots.post;
    const updates = Math.max(0, all.filter(isUpdate).length - this.#slots.updates);
    if (!post && updates === 0) return true;
    if (!(await this.#channel.reserve({ post, updates }, waits))) return false;
    this.#isPosting ||= post;
    this.#slots = { post: post || this.#slots.post, updates: this.#slots.updates + updates };
    return true;
  }

  /** Undefined if somebody else has written meanwhile: then all is looked at again. */
  async #ends(end: TurnEnd, record: DeploymentRecord, stored: DeploymentRecord): Promise<TurnEnd | undefined> {
    return record === stored || (await this.#write(record, stored)) ? end : undefined;
  }

  async #due(found: DeploymentRecord): Promise<Round> {
    const [isOldCardGone, leftOut, places] = [this.#isOldCardGone, this.#leftOut, this.#places];
    const round = await roundOf(found, this.#news, this.#channel.id, this.#read, { ...this.#with, isOldCardGone, leftOut, places });
    for (const channel of othersIn(round.record, this.#channel.id)) this.#how.finds?.(channel);
    return round;
  }

  /** Undefined if there may be more to tell. */
  async #send(due: Due, { record: begun, old }: Pick<Round, "record" | "old">, isBusy: boolean): Promise<TurnEnd | undefined> {
    this.#slots = NO_SLOTS;
    if (due.card && old) await continueForerunner(begun, this.#with.records, this.#read);
    const to = { channel: this.#channel.id, places: this.#places };
    const sent = await send(due, begun, to, this.#with);
    const { marks, failures } = withFallen(sent, this.#key, to, this.#with.telemetry);
    const refusal = failures.find(({ error }) => stopsAll(error));
    const goesOn = refusal !== undefined && refusal.what !== "bus";
    // Where another deployment's card cannot be changed, this one gets its own.
    this.#isOldCardGone ||= due.card !== undefined && old !== undefined;
    for (const { what, error } of failures.filter((it) => it.what !== "card" || !old)) {
      this.#leftOut = withLeftOut(this.#leftOut, what, due);
      this.#failure ??= { error };
    }
    // The bus goes on without Slack.
    if (goesOn) [this.#leftOut, this.#failure] = [{ ...this.#leftOut, slack: true }, refusal];
    const end = await this.#mark(marks, begun, { hasFailed: refusal !== undefined, isBusy });
    this.letGo();
    if (refusal && !goesOn) throw refusal.error;
    return end;
  }

  /** How the turn ends by that; undefined if there may be more to tell. */
  async #mark(
    marks: readonly Mark[],
    begun: DeploymentRecord,
    { hasFailed, isBusy }: { hasFailed: boolean; isBusy: boolean },
  ): Promise<TurnEnd | undefined> {
    const after = (record: DeploymentRecord) => marks.reduce((so, mark) => mark(so), record);
    const { record: told, due, isCardHere } = await this.#due(after(begun));
    const waiting = isBusy && !hasFailed && !due.bus && !isNothing(due) ? waitingOf(told, due, this.#by) : undefined;
    const isLeft = !hasFailed && isNothing(due);
    const isTold = isLeft && this.#failure === undefined;
    const { yieldsTo = NOTHING_TO_TELL } = this.#how;
    const yields = !isLeft && !hasFailed && (waitsOf(told)[this.#channel.id] ?? "") > yieldsTo;
    const marked = (record: DeploymentRecord) =>
      hasFailed || yields || isLeft ? { ...after(record), leases: othersOf(record, this.#by) } : after(record);
    const end: TurnEnd | undefined = isTold ? { end: "told" } : waiting ? { end: "busy" } : yields ? { end: "yielded" } : undefined;
    if (await this.#write(isTold ? settledOf(told, this.#channel.id, isCardHere, this.#by) : (waiting ?? marked(begun)), begun)) return end;
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
