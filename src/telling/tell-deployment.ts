import type { Rds } from "../clients/rds/rds.ts";
import type { Records } from "../clients/records.ts";
import type { SlackError } from "../clients/slack/failure.ts";
import type { Posted, Slack } from "../clients/slack/slack.ts";
import type { Telemetry } from "../clients/telemetry.ts";
import type { Time } from "../clients/time.ts";
import { type Fact, untold } from "../facts/facts.ts";
import { type Card, type DeploymentRecord, deploymentIdOf, deploymentKey, hasUntold } from "../facts/record.ts";
import { card } from "../messages/card.ts";
import { digest } from "../messages/digest.ts";
import type { Message } from "../messages/message.ts";
import { notice } from "../messages/notice.ts";
import { amendRecord } from "../operations/amend-record.ts";
import { readStanding } from "../operations/read/standing-of.ts";
import { viewOf } from "../operations/read/view-of.ts";
import { RECREATED_FROM_TAG } from "../plans/recreate-name.ts";
import type { Standing } from "../standing/standing.ts";
import { threadEntryOf } from "../standing/thread-entry.ts";
import type { ChannelLock } from "./channel-lock.ts";
import { lookAtLeft } from "./compare.ts";
import { hashOf, isSame } from "./hash-of.ts";
import { afterLook } from "./look.ts";

/** More facts than this at once go out as one digest, not as a flood. */
export const HANDFUL = 5;

// One message per second per channel; chat.update is limited to about 50 per minute. Source: Slack, "Rate limits".
const POST_MS = 1_000;
const UPDATE_MS = 1_200;

/**
 * Tells Slack everything not yet told about one deployment, and updates its card; false if there was nothing to tell.
 *
 * Marks each message as told once Slack accepts it, so that the next run after a failure or a kill continues from there.
 */
export async function tellDeployment(
  key: string,
  lock: ChannelLock,
  deadline: number,
  dependencies: TellDeploymentDependencies,
): Promise<boolean> {
  const before = await dependencies.records.read<DeploymentRecord>(key);
  if (!before || !hasUntold(before)) return false;
  const teller = new DeploymentTeller(key, lock, dependencies);
  const { record, summary } = await teller.look();
  if (summary) await teller.tellCard(record, summary);
  for (const facts of entries(record)) {
    if (dependencies.time.now() >= deadline) return true;
    await teller.tellEntry(facts, summary);
  }
  return true;
}

/** What telling about one deployment needs from the outside. */
export interface TellDeploymentDependencies {
  rds: Pick<Rds, "deployment" | "databases" | "endpoints">;
  slack: Slack;
  records: Records;
  time: Time;
  telemetry: Telemetry;
  /** Whether Slack sends commands and presses to the guard; if omitted, messages name what to type in a terminal. */
  commands?: boolean;
}

/** The facts to tell, one group per thread entry: what was told together stays together, and what has piled up becomes one entry. */
function entries(record: DeploymentRecord): Fact[][] {
  const waiting = untold(record.facts);
  const posted = [...new Set(waiting.map((fact) => fact.ts).filter((ts) => ts !== undefined))];
  const changed = posted.map((ts) => record.facts.filter((fact) => fact.ts === ts));
  const fresh = waiting.filter((fact) => fact.ts === undefined);
  return [...changed, ...(fresh.length > HANDFUL ? [fresh] : fresh.map((fact) => [fact]))];
}

class DeploymentTeller {
  readonly #key: string;
  readonly #lock: ChannelLock;
  readonly #with: TellDeploymentDependencies;

  constructor(key: string, lock: ChannelLock, dependencies: TellDeploymentDependencies) {
    this.#key = key;
    this.#lock = lock;
    this.#with = dependencies;
  }

  /** The record after a look at RDS now, and how the deployment stands by it. */
  async look(): Promise<{ record: DeploymentRecord; summary?: Standing }> {
    const { rds, records, time } = this.#with;
    const now = time.now();
    const id = deploymentIdOf(this.#key);
    const view = id === undefined ? undefined : await viewOf(id, rds);
    const look = view ? { view } : await lookAtLeft(await records.read<DeploymentRecord>(this.#key), rds);
    const record = await this.#amendRecord((it) => {
      const looked = afterLook(it, look, new Date(now).toISOString());
      // A deployment that was never seen has no card to refresh.
      return looked.seen || !looked.refresh ? looked : { ...looked, refresh: undefined };
    });
    return { record, summary: await readStanding({ view, record, left: look.left }, records, now) };
  }

  async tellCard(record: DeploymentRecord, summary: Standing): Promise<void> {
    const old = record.card ?? (await this.#cardOfForerunner(record));
    const message = card(summary, this.#with.commands);
    const shows = hashOf(message);
    const current = record.continuedBy !== undefined || (record.card !== undefined && old?.shows === shows);
    // A run that dies between Slack's answer and the mark must not leave the hash of the old message behind.
    if (!current && record.card) await this.#amendRecord((it) => (it.card ? { ...it, card: { ...it.card, shows: undefined } } : it));
    const posted = current ? undefined : ((old && (await this.#update(old, message))) ?? (await this.#post(message)));
    await this.#amendRecord((it) => {
      const refresh = isSame(it.seen, record.seen) ? undefined : it.refresh;
      if (!posted) return it.refresh === refresh ? it : { ...it, refresh };
      return { ...it, refresh, card: { channel: posted.channel, ts: posted.ts, shows } };
    });
  }

  async tellEntry(facts: Fact[], summary: Standing | undefined): Promise<void> {
    const { records } = this.#with;
    const record = await records.read<DeploymentRecord>(this.#key);
    const channel = this.#with.slack.channel;
    if (!record) return;
    const threadEntries = facts.map((fact) => threadEntryOf(fact, record.facts, summary));
    const [only] = threadEntries;
    const message = only && threadEntries.length === 1 ? notice(only, this.#with.commands) : digest(threadEntries);
    const ts = facts[0]?.ts;
    const thread = record.card && { ts: record.card.ts, broadcast: facts.some((fact) => fact.announce) };
    const posted = (ts === undefined ? undefined : await this.#update({ channel, ts }, message)) ?? (await this.#post(message, thread));
    const told = new Map(facts.map((fact) => [fact.id, fact.reports.length]));
    const deployment = deploymentIdOf(this.#key);
    for (const { signal } of facts) {
      this.#with.telemetry.count("FactsTold");
      this.#with.telemetry.log.info("Told", { deployment, signal, ts: posted.ts });
    }
    // Slack accepts a reply to a deleted card and moves it to the channel: a new card is needed.
    const cardIsGone = thread !== undefined && posted.inThread === false;
    await this.#amendRecord((it) => ({
      ...it,
      ...(cardIsGone && it.card?.ts === thread.ts && { card: undefined, refresh: true }),
      facts: it.facts.map((fact) => (told.has(fact.id) ? { ...fact, ts: posted.ts, shown: told.get(fact.id) ?? 0 } : fact)),
    }));
  }

  /** The card of the deployment that this one replaces, which this one continues. */
  async #cardOfForerunner({ seen }: DeploymentRecord): Promise<Card | undefined> {
    const id = seen?.deployment.tags[RECREATED_FROM_TAG];
    if (!id || deploymentKey(id) === this.#key) return undefined;
    const forerunner = await this.#with.records.read<DeploymentRecord>(deploymentKey(id));
    if (!forerunner?.card) return undefined;
    const continuedBy = seen.deployment.id;
    await amendRecord(this.#with.records, forerunner.key, (it) => (it.continuedBy === continuedBy ? it : { ...it, continuedBy }));
    return forerunner.card;
  }

  async #post(message: Message, thread?: { ts: string; broadcast: boolean }): Promise<Posted> {
    await this.#lock.slot(POST_MS);
    return this.#with.slack.post(message, thread);
  }

  /** Updates a posted message; undefined if it was deleted or can no longer be changed, so that it is posted again. */
  async #update(at: Posted, message: Message): Promise<Posted | undefined> {
    await this.#lock.slot(UPDATE_MS);
    try {
      await this.#with.slack.update(at, message);
      return at;
    } catch (error) {
      if ((error as Partial<SlackError>).kind === "gone") return undefined;
      throw error;
    }
  }

  #amendRecord(change: (record: DeploymentRecord) => DeploymentRecord): Promise<DeploymentRecord> {
    return amendRecord(this.#with.records, this.#key, change);
  }
}
