import type { Database, DeploymentView } from "../deployments/deployment.ts";
import type { Lag } from "../deployments/lag.ts";
import type { LagShown } from "../deployments/lag-shown.ts";
import type { Severity } from "../rules/rule.ts";
import { unpublished } from "./bus-fact.ts";
import { channelsOf, type Dropped, type Fact, firstAt, SLACK } from "./facts.ts";
import type { Incident } from "./incident.ts";
import type { Memory } from "./memory.ts";
import { cardOf, isPosted, type Post, untold, withDetailsDue } from "./posts.ts";
import type { RecordedOperation } from "./recorded-operation.ts";

/** What the guard stores about a deployment, or about a database whose deployment it could not find. */
export interface DeploymentRecord {
  /** `deployment#bgd-…` or `database#<name>`. */
  key: string;
  /** Counts writes: a write names the version that it read, and fails if another write came first. */
  version: number;
  /** Where its card and its facts stand. */
  posts: readonly Post[];
  /** Who tells of it now in a channel, or on the bus, and until when others leave that to them (milliseconds since 1970). */
  leases?: Readonly<Record<string, Lease>>;
  /** The channel in which its card stands and what is new of it is told, as its name, its tags and the settings last had it. */
  home?: string;
  /** The channels that refuse what is told of it for good, with Slack's words: it is told in the default channel instead. */
  fallen?: Readonly<Record<string, string>>;
  facts: readonly Fact[];
  /** What was dropped of them for the size of the record, by signal. */
  dropped?: Readonly<Record<string, Dropped>>;
  /** The API's last answer, for messages after the deployment is gone. */
  seen?: DeploymentView;
  /** When what it says was asked for, ISO 8601; an answer to an older question does not replace it. */
  seenAt?: string;
  /** True once the API no longer knows the deployment. */
  gone?: boolean;
  /** True if the card needs an update although no fact is new, for example because the API's answer changed. */
  refresh?: boolean;
  /** A digest of the last look, after which the same look would change nothing; absent if it would, or if more is known since. */
  sees?: string;
  /** True if what is known asks for the policy. */
  asks?: true;
  /** The progress as last seen, and since when (ISO 8601), to notice a creation that is stuck. */
  progress?: { shows: string; since: string };
  /** When what it was created from was read from green and kept, once green was built (ISO 8601). */
  specAt?: string;
  /** What is remembered of its names. */
  memory?: Memory;
  /** How long RDS took to build green of the deployment that this one replaces, in milliseconds. */
  lastBuildMs?: number;
  /** The lag that its card shows, which is another one only if something worth telling changed. */
  lag?: ShownLag;
  /** For a deployment that is gone: its databases that RDS still described at the last look. */
  left?: readonly Database[];
  /** The operation that is working on the deployment; stays if it failed after the deletion. */
  operation?: RecordedOperation;
  /** Present while it needs a person: whom its messages have called, and who has taken it. */
  incident?: Incident;
  /** The deployment that replaced this one and took over its card. */
  continuedBy?: string;
  /** When DynamoDB deletes it (seconds since 1970); absent while it is open. */
  expiresAt?: number;
}

/** Who tells, and until when others leave it to them (milliseconds since 1970). */
export type Lease = { by: string; until: number };

/** A lag, and when it was read (ISO 8601). */
export interface LagReading {
  lag: Lag;
  at: string;
}

/** The same, with what a card shows of it. */
export interface ShownLag extends LagReading {
  shown: LagShown;
}

/** The record of something new to the guard. */
export function newRecord(key: string): DeploymentRecord {
  return { key, version: 0, posts: [], facts: [] };
}

/** The key of a deployment's record. */
export const deploymentKey = (id: string): string => `deployment#${id}`;

/** The key of the record of a database whose deployment was not found. */
export function databaseKey(name: string): string {
  return `database#${name}`;
}

/** The id of the deployment in a record's key, undefined for a database's record. */
export function deploymentIdOf(key: string): string | undefined {
  return key.startsWith("deployment#") ? key.slice("deployment#".length) : undefined;
}

/** How many facts are no longer kept. */
export function droppedOf({ dropped = {} }: DeploymentRecord): number {
  return Object.values(dropped).reduce((sum, { n }) => sum + n, 0);
}

/** True if Slack needs an update: a fact is not fully told, the card is out of date, or details are missing. */
export const hasUntold = (record: DeploymentRecord): boolean => Object.values(waitsOf(record)).some((rank) => rank < BUS_ONLY);

/** The severity of the gravest fact that no entry tells yet, by the rank in the index; undefined if all are told. */
export function urgencyOf({ rank }: { rank: string }): Severity | undefined {
  const [urgency] = rank.split("#");
  return (Object.keys(URGENCY) as Severity[]).find((it) => URGENCY[it] === urgency);
}

/** When the oldest fact happened (milliseconds since 1970) that no entry tells yet, by the rank in the index; undefined if all are told. */
export function waitingSince({ rank }: { rank: string }): number | undefined {
  return urgencyOf({ rank }) === undefined ? undefined : Date.parse(rank.split("#")[1] ?? "");
}

const URGENCY: Record<Severity, string> = { critical: "0", warning: "1", good: "2", info: "3" };
/** The rank of a record of which only what stands in Slack has to be changed; what has something new sorts before it. */
export const EDIT_ONLY = "4";
const BUS_ONLY = "5";
/** The rank of an open record with nothing to tell or publish; all others sort before it. */
export const NOTHING_TO_TELL = "9";

/**
 * The record's sort key among all open ones: the most urgent first, then the one that has waited longest.
 *
 * Undefined for a closed record: everything is told and published, and its deployment is gone or was never found.
 */
export function rankOf(record: DeploymentRecord): string | undefined {
  const [first] = Object.values(waitsOf(record)).sort();
  if (first !== undefined || record.incident?.due !== undefined) return first ?? NOTHING_TO_TELL;
  return record.seen === undefined || record.gone ? undefined : NOTHING_TO_TELL;
}

/** The same for each channel that something of it waits for; what waits for the bus alone waits with its own channel. */
export function waitsOf(record: DeploymentRecord): Waits {
  const known = WAITS.get(record) ?? waitsFound(record);
  WAITS.set(record, known);
  return known;
}

type Waits = Readonly<Record<string, string>>;
/** Each write asks for it several times, and it takes a digest of each entry. */
const WAITS = new WeakMap<DeploymentRecord, Waits>();

function waitsFound(record: DeploymentRecord): Waits {
  const own = record.home ?? SLACK;
  const waits = new Map<string, string>();
  const add = (channel: string, rank: string | undefined) => {
    const at = channel === SLACK ? own : channel;
    if (rank !== undefined && rank < (waits.get(at) ?? NOTHING_TO_TELL)) waits.set(at, rank);
  };
  for (const channel of new Set(record.facts.flatMap(channelsOf))) add(channel, rankIn(record, channel));
  if (record.refresh) add(cardOf(record)?.in ?? own, EDIT_ONLY);
  for (const post of withDetailsDue(record)) add(post.in, EDIT_ONLY);
  if (unpublished(record).length > 0) add(own, BUS_ONLY);
  return Object.fromEntries(waits);
}

function rankIn(record: DeploymentRecord, channel: string): string | undefined {
  const waiting = untold(record, channel);
  const fresh = waiting.filter((fact) => !isPosted(record, fact, channel));
  const [oldest] = fresh;
  if (!oldest) return waiting.length > 0 ? EDIT_ONLY : undefined;
  const urgency = fresh.map(({ severity }) => URGENCY[severity]).sort()[0];
  return `${urgency}#${firstAt(oldest)}`;
}

const KEPT_SECONDS = 90 * 24 * 3_600;

/** The record with the time at which it is deleted: 90 days after the last thing that was reported, and never while it is open. */
export function expiringIfClosed(record: DeploymentRecord): DeploymentRecord {
  const isClosed = rankOf(record) === undefined;
  const last = record.facts.flatMap(({ reports }) => reports.map(({ at }) => Date.parse(at))).filter(Number.isFinite);
  const expiresAt = isClosed && last.length > 0 ? Math.floor(Math.max(...last) / 1_000) + KEPT_SECONDS : undefined;
  return expiresAt === record.expiresAt ? record : { ...record, expiresAt };
}
