import type { SlackError } from "../clients/slack/failure.ts";
import { firstAt } from "../facts/facts.ts";
import { hashOf } from "../facts/hash-of.ts";
import { isPosted, untold } from "../facts/posts.ts";
import { type DeploymentRecord, deploymentIdOf, EDIT_ONLY, urgencyOf } from "../facts/record.ts";
import type { Message } from "../messages/message.ts";
import { type Storm, stormCard, stormOver } from "../messages/storm.ts";
import type { Severity } from "../rules/rule.ts";
import type { Channel } from "./channel.ts";
import type { TellDependencies } from "./tell.ts";

/** More deployments than this that wait with something new are a storm. */
export const STORM = 30;
const LISTED = 10;
const SEVERITIES: readonly Severity[] = ["critical", "warning", "good", "info"];

/** Says in one message what waits where very many deployments have news at once; whoever drains the channel keeps it up to date. */
export async function tellStorm(channel: Channel, dependencies: Pick<TellDependencies, "records" | "slack">): Promise<void> {
  const { records } = dependencies;
  const some = await records.open({ belowRank: EDIT_ONLY, limit: STORM });
  const before = channel.storm();
  if (before === undefined && some.length < STORM) return;
  const all = (await records.open()).filter(({ key }) => deploymentIdOf(key) !== undefined);
  const waiting = all.filter((row) => urgencyOf(row) !== undefined);
  const most = Math.max(before?.most ?? 0, waiting.length);
  const isOver = waiting.length === 0;
  const card = isOver ? stormOver(most) : stormCard(await stormOf(waiting, all.length, dependencies));
  const made = hashOf(card);
  if (made === before?.made) return;
  const posted = await put(card, before, channel, dependencies);
  if (posted) await channel.keepStorm(isOver ? undefined : { ...posted, made, most });
}

async function stormOf(
  waiting: readonly { key: string; rank: string }[],
  watched: number,
  { records }: Pick<TellDependencies, "records">,
): Promise<Storm> {
  const urgencies = Object.groupBy(waiting, (row) => urgencyOf(row) ?? "info");
  const counts = Object.fromEntries(SEVERITIES.map((it) => [it, urgencies[it]?.length ?? 0])) as Record<Severity, number>;
  const first = await Promise.all(waiting.slice(0, LISTED).map(({ key }) => records.read<DeploymentRecord>(key)));
  return { waiting: counts, watched, first: first.flatMap((record) => (record ? lineOf(record) : [])) };
}

function lineOf(record: DeploymentRecord): Storm["first"][number][] {
  const fresh = untold(record).filter((fact) => !isPosted(record, fact));
  const gravest = fresh.toSorted((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity))[0];
  const name = record.seen?.deployment.name ?? deploymentIdOf(record.key) ?? record.key;
  return gravest ? [{ name, severity: gravest.severity, meaning: gravest.meaning, at: firstAt(gravest) }] : [];
}

/** Undefined if the channel takes it only later. */
async function put(
  card: Message,
  before: { in: string; ts: string } | undefined,
  channel: Channel,
  { slack }: Pick<TellDependencies, "slack">,
): Promise<{ in: string; ts: string } | undefined> {
  if (!(await channel.reserve({ post: before === undefined, update: before !== undefined }, true))) return undefined;
  if (before) {
    try {
      await slack.update({ channel: before.in, ts: before.ts }, card);
      return before;
    } catch (error) {
      const { kind, ofAddress } = error as Partial<SlackError>;
      if (kind !== "gone" && !ofAddress) throw error;
    }
  }
  const { channel: at, ts } = await slack.post(card);
  return { in: at, ts };
}
