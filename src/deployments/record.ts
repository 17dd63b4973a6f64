import type { DeploymentView } from "./deployment.ts";
import type { Fact } from "./facts.ts";

/** What the guard keeps of one deployment, or of a database whose deployment it could not find. */
export interface DeploymentRecord {
  /** `deployment#bgd-…` or `database#<name>`. */
  key: string;
  /** Counts writes: a write names the version that it read, and fails where another came first. */
  version: number;
  card?: Card;
  /** Slack's id of the channel that the messages stand in. */
  channel?: string;
  facts: readonly Fact[];
  /** The API's last answer, for what is told once the deployment is gone. */
  seen?: DeploymentView;
  /** Who is telling Slack about it now; nobody else does until then (milliseconds since 1970). */
  telling?: { by: string; until: number };
}

/** The Slack message of a deployment. */
export interface Card {
  /** Slack's channel id. */
  channel: string;
  ts: string;
  /** A digest of what the message shows, to leave it alone where nothing changed. */
  shows: string;
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
