import type { Item, Records } from "../clients/records.ts";
import type { SlackError } from "../clients/slack/failure.ts";
import type { Slack } from "../clients/slack/slack.ts";
import { firstAt } from "../facts/facts.ts";
import { hashOf } from "../facts/hash-of.ts";
import { isPosted, untold } from "../facts/posts.ts";
import { type DeploymentRecord, deploymentIdOf, EDIT_ONLY, urgencyOf } from "../facts/record.ts";
import type { Form } from "../messages/form.ts";
import type { Message } from "../messages/slack/message.ts";
import { type Storm, stormCard, stormOver } from "../messages/slack/storm.ts";
import { amendItem } from "../operations/amend-item.ts";
import type { Severity } from "../rules/rule.ts";
import type { Channel } from "./channel.ts";
import { rowsIn, stormKey } from "./waiting.ts";

/** The message about a storm that stands in a channel. */
interface StormItem extends Item {
  /** Where it stands; absent once all is told. */
  at?: { channel: string; ts: string };
  /** What it was made from. */
  made?: string;
  /** How many deployments had news at most. */
  most: number;
}

/** What telling of a storm needs from the outside. */
export interface StormDependencies {
  records: Records;
  slack: Slack;
  /** How its message is written; as Slack's mrkdwn if omitted. */
  form?: Form;
}

/** More deployments than this that wait with something new are a storm. */
export const STORM = 30;
const LISTED = 10;
const SEVERITIES: readonly Severity[] = ["critical", "warning", "good", "info"];

/**
 * Says in one message what waits where very many deployments have news at once; whoever drains the channel keeps it up to date. False if
 * there is no storm.
 */
export async function tellStorm(channel: Channel, isMany: boolean, dependencies: StormDependencies): Promise<boolean> {
  const { records, slack, form } = dependencies;
  const none: StormItem = { key: stormKey(channel.id), version: 0, most: 0 };
  const before = (await records.read<StormItem>(none.key)) ?? none;
  if (before.at === undefined && !isMany) return false;
  const open = await records.open();
  // A database whose deployment was not found has a record, too, while it waits.
  const waiting = rowsIn(open, channel.id, slack.channel).filter((row) => urgencyOf(row) !== undefined);
  const isWaiting = new Set(waiting.map(({ key }) => key));
  const all = open.filter(({ key }) => deploymentIdOf(key) !== undefined || isWaiting.has(key));
  if (before.at === undefined && waiting.length < STORM) return false;
  const most = Math.max(before.most, waiting.length);
  const isOver = waiting.length === 0;
  const card = isOver ? stormOver(most, form) : stormCard(await stormOf(waiting, all.length, dependencies), form);
  const made = hashOf(card);
  if (made === before.made) return true;
  try {
    const at = await put(card, before.at, channel, slack);
    const now = isOver ? none : { ...none, at, made, most };
    if (at) await amendItem(records, none, (it) => ({ ...now, version: it.version }), placeOf);
  } finally {
    channel.marked();
  }
  return !isOver;
}

/** While it stands it is in the index: whoever finds that nothing else waits says that it is over. */
const placeOf = ({ at }: StormItem) => (at ? { rank: EDIT_ONLY } : undefined);

async function stormOf(waiting: readonly { key: string; rank: string }[], watched: number, { records }: StormDependencies): Promise<Storm> {
  const urgencies = Object.groupBy(waiting, (row) => urgencyOf(row) ?? "info");
  const counts = Object.fromEntries(SEVERITIES.map((it) => [it, urgencies[it]?.length ?? 0])) as Record<Severity, number>;
  const first = await Promise.all(waiting.slice(0, LISTED).map(({ key }) => records.read<DeploymentRecord>(key)));
  return { waiting: counts, watched, first: first.flatMap((record) => (record ? lineOf(record) : [])) };
}

function lineOf(record: DeploymentRecord): Storm["first"][number][] {
  const fresh = untold(record).filter((fact) => !isPosted(record, fact));
  const gravest = fresh.toSorted((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity))[0];
  const name = record.seen?.deployment.name ?? deploymentIdOf(record.key) ?? record.key;
  return gravest ? [{ name, severity: gravest.severity, signal: gravest.signal, at: firstAt(gravest) }] : [];
}

/** Undefined if the channel takes it only later. */
async function put(card: Message, before: StormItem["at"], channel: Channel, slack: Slack): Promise<StormItem["at"]> {
  if (!(await channel.reserve({ post: before === undefined, updates: before === undefined ? 0 : 1 }, true))) return undefined;
  if (before) {
    try {
      await slack.update(before, card);
      return before;
    } catch (error) {
      const { kind, ofAddress } = error as Partial<SlackError>;
      if (kind !== "gone" && !ofAddress) throw error;
    }
  }
  const { channel: where, ts } = await slack.post(card, undefined, channel.id);
  return { channel: where, ts };
}
