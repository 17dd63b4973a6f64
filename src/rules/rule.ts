import type { EventId } from "../events/event-ids.ts";
import type { RdsEvent } from "../events/rds-event.ts";
import type { RuleId, SignalId } from "./signal-id.ts";

/** How much a signal matters, from good to know to act now. */
export type Severity = "info" | "good" | "warning" | "critical";

/** The source types whose events the guard reads. */
export type ReadSource = "blue-green-deployment" | "db-cluster" | "db-instance";

/** The names and reasons that a rule finds in an event's text; fields that the text does not mention are absent. */
export interface Reading {
  /** Blue's name before the switchover. */
  blue?: string;
  /** Green's name before the switchover. */
  green?: string;
  /** Old blue's name since the switchover. */
  oldBlue?: string;
  /** The deployment's own name. */
  deploymentName?: string;
  /** Why, in RDS's own words. */
  reason?: string;
  /** The members of which RDS lost a database, and whose it was. */
  missing?: readonly { name: string; side: "blue" | "green" }[];
  /** How far a creation is that does not move. */
  stuck?: Stuck;
  /** The UTC hour whose engine log to read, as RDS writes it: `2024-02-05-08`. */
  logHour?: string;
  binaryLog?: { file: string; position: string };
  /** True if the text says, among other things, that replication to green is degraded. */
  degraded?: boolean;
  /** True if the text says that RDS has terminated replication: it does not resume. */
  terminated?: boolean;
  /** The guard's own operation that the report is about, and the id of its request. */
  operation?: { name: string; requestId: string };
}

/** A creation without progress. */
export interface Stuck {
  /** How many tasks are done, of how many. */
  done: number;
  of: number;
  /** The task that RDS is working on. */
  task?: string;
  /** ISO 8601. */
  since: string;
}

/** What a signal means to the guard: how much it matters, and how it is reported. */
export interface Meaning {
  id: SignalId;
  severity: Severity;
  /** The signal reported in its place: a member's event folds into its deployment's. */
  foldsInto?: Meaning;
  /** True for what happens once in a deployment's life: all its reports are the same fact, however far apart. */
  once?: boolean;
  /** True if each report is a separate fact, however close together. */
  apart?: boolean;
  /** Reports that differ in the database that they are about, or in its side (blue's or green's), are different facts, however close together. */
  apartBy?: "database" | "side";
  /** True if the team must notice: the entry also appears in the channel, and what is critical or a warning in the default one, too. */
  announce?: boolean;
}

/** How the guard recognises, reads and reports one kind of RDS event. */
export interface Rule extends Meaning {
  id: RuleId;
  sources: readonly ReadSource[];
  eventIds: readonly EventId[];
  /** How its messages begin: EventBridge routes by these if there is no event id. */
  prefixes: readonly string[];
  /** EventBridge wildcards for text anywhere in a message; each uses one of the four that all routes share. */
  wildcards?: readonly string[];
  /** A tolerant pattern for its messages, for events without a known id. */
  text: RegExp;
  read(event: RdsEvent): Reading;
}

/** What an RDS event means: the rule that matched and what it read. */
export interface Signal {
  rule: Rule;
  event: RdsEvent;
  reading: Reading;
}

/** The sources of a rule for events that AWS lists for the deployment and RDS also sends for its members. */
export const MEMBERS_TOO: readonly ReadSource[] = ["blue-green-deployment", "db-cluster", "db-instance"];

/** The `read` of a rule that extracts nothing. */
export const nothing = (): Reading => ({});
