import type { DeploymentView } from "../deployments/deployment.ts";
import type { Spec } from "../deployments/spec.ts";
import type { Severity } from "../rules/rule.ts";
import { unpublished } from "./bus-fact.ts";
import { type Fact, firstAt, untold } from "./facts.ts";

/** What the guard keeps of one deployment, or of a database whose deployment it could not find. */
export interface DeploymentRecord {
  /** `deployment#bgd-…` or `database#<name>`. */
  key: string;
  /** Counts writes: a write names the version that it read, and fails where another came first. */
  version: number;
  card?: Card;
  facts: readonly Fact[];
  /** The API's last answer, for what is told once the deployment is gone. */
  seen?: DeploymentView;
  /** True once the API does not know the deployment any more. */
  gone?: boolean;
  /** True where the card has to be looked after though no fact is new: the API's answer has changed. */
  refresh?: boolean;
  /** The tasks' progress as last seen, and since when (ISO 8601): what does not move is stuck. */
  progress?: { shows: string; since: string };
  /** All that is needed to create the deployment again, saved once its tasks were completed. */
  spec?: Spec;
  /** The operation at work on the deployment; one that failed after the deletion stays. */
  operation?: RecordedOperation;
  /** The deployment that was created in this one's place and has taken over its card. */
  continuedBy?: string;
}

/** What a card says of an operation. */
export interface RecordedOperation {
  /** Its name in the list of operations. */
  name: string;
  requestId: string;
  /** ISO 8601. */
  since: string;
  /** The last of its steps, and what was said of it. */
  step?: string;
  text?: string;
  /** What it waits for, and when that was looked at for the card (ISO 8601). */
  shows?: string;
  shownAt?: string;
  /** How it failed, where it did. */
  failed?: string;
  /** True on the deployment that it has created, which it does not delete. */
  creates?: true;
}

/** The Slack message of a deployment. */
export interface Card {
  /** Slack's channel id. */
  channel: string;
  ts: string;
  /** A hash of what the message shows, to leave it alone where nothing changed; absent while it is being changed. */
  shows?: string;
}

/** The record of something the guard has not met before. */
export function newRecord(key: string): DeploymentRecord {
  return { key, version: 0, facts: [] };
}

/** The key of a deployment's record. */
export function deploymentKey(id: string): string {
  return `deployment#${id}`;
}

/** The key of what is told of a database that no deployment was found for. */
export function databaseKey(name: string): string {
  return `database#${name}`;
}

/** The deployment's id that a record's key names, or nothing for a database's record. */
export function deploymentIdOf(key: string): string | undefined {
  return key.startsWith("deployment#") ? key.slice("deployment#".length) : undefined;
}

/** True where somebody has to tell Slack about it: a fact that is not told whole, or a card that is out of date. */
export function hasUntold(record: DeploymentRecord): boolean {
  return record.refresh === true || untold(record.facts).length > 0;
}

/** The facts that are to go on the event bus; of a database whose deployment was not found none. */
export function toPublish(record: DeploymentRecord): Fact[] {
  return deploymentIdOf(record.key) === undefined ? [] : unpublished(record.facts);
}

const URGENCY: Record<Severity, string> = { critical: "0", warning: "1", good: "2", info: "3" };
const CARD_ONLY = "4";
const BUS_ONLY = "5";
/** The rank of an open record that has nothing to tell or to publish; what has sorts before it. */
export const NOTHING_TO_TELL = "9";

/**
 * Where the record stands among all open ones: what is most urgent to tell sorts first, then what waits longest.
 *
 * Nothing for a record that is closed: all told and published, and its deployment gone or never found.
 */
export function rankOf(record: DeploymentRecord): string | undefined {
  const waiting = untold(record.facts);
  const [oldest] = waiting;
  if (oldest) {
    const urgency = waiting.map((fact) => URGENCY[fact.severity]).sort()[0];
    return `${urgency}#${firstAt(oldest)}`;
  }
  if (record.refresh) return CARD_ONLY;
  if (toPublish(record).length > 0) return BUS_ONLY;
  return record.seen === undefined || record.gone ? undefined : NOTHING_TO_TELL;
}
