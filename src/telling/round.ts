import type { Records } from "../clients/records.ts";
import type { Time } from "../clients/time.ts";
import { BUS, channelsOf } from "../facts/facts.ts";
import { cardOf, type Post } from "../facts/posts.ts";
import { type DeploymentRecord, waitsOf } from "../facts/record.ts";
import { readStanding } from "../operations/read/standing-of.ts";
import { channelOfCard, dueOf, type LeftOut, withStale } from "./due.ts";
import type { Due, Teller } from "./due-message.ts";
import { cardOfForerunner } from "./forerunner.ts";
import { withIncident } from "./incident.ts";
import { type News, newestLook } from "./news.ts";
import { notesOf, type Places } from "./places.ts";

/** What a round of a turn finds to tell in its channel. */
export interface Round {
  record: DeploymentRecord;
  due: Due;
  /** The card of the deployment that this one replaces, if it is to go on as this one's. */
  old?: Post;
  isCardHere: boolean;
}

/** What is to be told of a record in a channel, with what the news shows and `reads` reads. */
export async function roundOf(
  read: DeploymentRecord,
  news: News,
  channel: string,
  reads: Pick<Records, "read">,
  { time, commands, mentions, from, form, isOldCardGone, leftOut, places }: RoundDependencies,
): Promise<Round> {
  const { view, left } = newestLook(news, read);
  const isNew = read.seen !== undefined && !cardOf(read) && !isOldCardGone;
  const { card: before, buildMs } = isNew ? await cardOfForerunner(read, reads) : {};
  const known = buildMs === undefined || read.lastBuildMs === buildMs ? read : { ...read, lastBuildMs: buildMs };
  const standing = await readStanding({ view, record: known, left }, reads, time.now());
  const found = withIncident(known, standing, { mentions, commands }, time.now());
  const old = standing && before?.in === found.home ? before : undefined;
  const teller = { commands, from, form, notes: notesOf(found, places) };
  const record = withStale(found, standing, old, channel, teller);
  const due = dueOf(record, standing, old, channel, { ...teller, leftOut });
  return { record, due, old, isCardHere: channelOfCard(record, old) === channel };
}

/** The other channels that something of a record waits for. */
export function othersIn(record: DeploymentRecord, channel: string): string[] {
  const isHere = (it: string | undefined) => it === channel || it === BUS;
  const isAlone = isHere(record.home) && record.posts.every((it) => isHere(it.in));
  if (isAlone && record.facts.every((fact) => channelsOf(fact).every(isHere))) return [];
  return Object.keys(waitsOf(record)).filter((it) => it !== channel);
}

interface RoundDependencies extends Teller {
  time: Time;
  isOldCardGone: boolean;
  leftOut: LeftOut;
  places: Places;
}
