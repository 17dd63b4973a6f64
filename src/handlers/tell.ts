import { createHash } from "node:crypto";
import type { Rds } from "../clients/rds.ts";
import type { Records } from "../clients/records.ts";
import type { Slack } from "../clients/slack.ts";
import type { SlackError } from "../clients/slack-error.ts";
import { type Fact, untold } from "../deployments/facts.ts";
import { type DeploymentRecord, deploymentIdOf } from "../deployments/record.ts";
import { type Summary, summaryOf } from "../deployments/summary.ts";
import { tellingOf } from "../deployments/telling.ts";
import { card } from "../messages/card.ts";
import type { Message } from "../messages/message.ts";
import { notice } from "../messages/notice.ts";
import { amend } from "./amend.ts";

/** What telling needs of the outside; `now` is in milliseconds since 1970, `by` names this run. */
export interface TellDependencies {
  rds: Pick<Rds, "deployment" | "databases">;
  slack: Slack;
  records: Records;
  now(): number;
}

// Longer than a handler may run, so that a holder who still lives is never overtaken.
const HOLD_MS = 60_000;

/**
 * Tells Slack what is written down of one deployment and not told yet, and brings its card up to date.
 *
 * One at a time tells about a deployment: where another run does, this one leaves it to that run, which looks again before it ends. Each
 * message is marked as it is taken, so that whoever goes on after a failure or a kill goes on there.
 *
 * @throws SlackError, or the SDK's error: then what is not marked yet is still to be told.
 */
export async function tell(key: string, by: string, dependencies: TellDependencies): Promise<void> {
  const { records, now } = dependencies;
  const claimed = await amend(records, key, (record) => {
    const held = record.telling && record.telling.by !== by && record.telling.until > now();
    return held ? record : { ...record, telling: { by, until: now() + HOLD_MS } };
  });
  if (claimed.telling?.by !== by) return;
  try {
    do await tellOnce(key, dependencies);
    while (!(await toldAndReleased(key, dependencies)));
  } catch (error) {
    await amend(records, key, (record) => (record.telling?.by === by ? { ...record, telling: undefined } : record));
    throw error;
  }
}

async function tellOnce(key: string, dependencies: TellDependencies): Promise<void> {
  const { record, summary } = await look(key, dependencies);
  if (summary) await tellCard(record, summary, dependencies);
  for (const fact of untold(record.facts)) await tellFact(key, fact, summary, dependencies);
}

/** Lets go of the record unless something was written down meanwhile: whoever wrote it relied on this run to tell it. */
async function toldAndReleased(key: string, { records }: TellDependencies): Promise<boolean> {
  const record = await amend(records, key, (it) => (untold(it.facts).length > 0 ? it : { ...it, telling: undefined }));
  return record.telling === undefined;
}

/** The record with the API's answer of this moment, which is kept for when the deployment is gone. */
async function look(key: string, { rds, records }: TellDependencies): Promise<{ record: DeploymentRecord; summary?: Summary }> {
  const id = deploymentIdOf(key);
  const deployment = id === undefined ? undefined : await rds.deployment(id);
  const view = deployment && { deployment, databases: await rds.databases(deployment) };
  const record = await amend(records, key, (it) => (view && !same(view, it.seen) ? { ...it, seen: view } : it));
  const shown = view ?? record.seen;
  return { record, summary: shown && summaryOf(shown, view !== undefined, record.facts) };
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

async function tellCard(record: DeploymentRecord, summary: Summary, { slack, records }: TellDependencies): Promise<void> {
  const message = card(summary);
  const shows = hash(message);
  if (record.card?.shows === shows) return;
  const posted = (record.card && (await updated(record.card, message, slack))) ?? (await slack.post(message));
  await amend(records, record.key, (it) => ({ ...it, card: { channel: posted.channel, ts: posted.ts, shows } }));
}

async function tellFact(key: string, fact: Fact, summary: Summary | undefined, { slack, records }: TellDependencies): Promise<void> {
  const record = await records.read(key);
  if (!record) return;
  const message = notice(tellingOf(fact, record.facts, summary));
  const at = fact.ts === undefined ? undefined : await updated({ channel: record.channel ?? "", ts: fact.ts }, message, slack);
  const thread = record.card && { ts: record.card.ts, broadcast: fact.announce };
  const posted = at ?? (await slack.post(message, thread));
  const shown = fact.reports.length;
  await amend(records, key, (it) => ({
    ...it,
    channel: posted.channel,
    facts: it.facts.map((other) => (other.id === fact.id ? { ...other, ts: posted.ts, shown } : other)),
  }));
}

/** Changes a posted message; nothing where a person has deleted it, so that it is posted anew. */
async function updated<At extends { channel: string; ts: string }>(at: At, message: Message, slack: Slack): Promise<At | undefined> {
  try {
    await slack.update({ channel: at.channel, ts: at.ts }, message);
    return at;
  } catch (error) {
    if ((error as Partial<SlackError>).kind === "gone") return undefined;
    throw error;
  }
}

const hash = (message: Message): string => createHash("sha256").update(JSON.stringify(message)).digest("hex").slice(0, 16);
