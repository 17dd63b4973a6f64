import type { EventId } from "../events/event-ids.ts";
import type { RdsEvent } from "../events/rds-event.ts";

/** How much a signal matters, from a thing to know to a thing to act on now. */
export type Severity = "info" | "good" | "warning" | "critical";

/** The source types whose events the guard reads. */
export type ReadSource = "blue-green-deployment" | "db-cluster" | "db-instance";

/** The names and reasons that a rule finds in an event's text; what the text does not say is left out. */
export interface Reading {
  /** Blue's name before the switchover. */
  blue?: string;
  /** Green's name before the switchover. */
  green?: string;
  /** The name that old blue has since the switchover. */
  oldBlue?: string;
  /** The deployment's own name. */
  deploymentName?: string;
  reason?: string;
  /** The UTC hour in whose engine log to look, as RDS writes it: `2024-02-05-08`. */
  logHour?: string;
  binaryLog?: { file: string; position: string };
  /** True where the text says that replication to green is degraded, whatever else it says. */
  degraded?: boolean;
  /** The guard's own operation that is told of, and the id of its request. */
  operation?: { name: string; requestId: string };
}

/** What a signal means to a person, and how it is told. */
export interface Meaning {
  id: string;
  severity: Severity;
  /** One sentence for a person. */
  meaning: string;
  /** What is told in its stead: a member's event folds into its deployment's. */
  foldsInto?: Meaning;
  /** True for what happens once in a deployment's life: a later report of it is the same fact however far apart. */
  once?: boolean;
  /** True where each report is a fact of its own, however close together. */
  apart?: boolean;
  /** True where the team must notice: the thread entry is shown in the channel too. */
  announce?: boolean;
}

/** How one kind of RDS event is recognised, read and told. */
export interface Rule extends Meaning {
  sources: readonly ReadSource[];
  eventIds: readonly EventId[];
  /** How its messages begin: EventBridge routes by them where there is no event id. */
  prefixes: readonly string[];
  /** EventBridge wildcards for texts that may stand anywhere; each costs one of the four that all routes share. */
  wildcards?: readonly string[];
  /** The tolerant form of its messages, for events without a known id. */
  text: RegExp;
  read(event: RdsEvent): Reading;
}

/** What an RDS event means: the rule that matched and what it read. */
export interface Signal {
  rule: Rule;
  event: RdsEvent;
  reading: Reading;
}

/** The sources of a rule whose events AWS lists for the deployment and RDS also sends for its members. */
export const MEMBERS_TOO: readonly ReadSource[] = ["blue-green-deployment", "db-cluster", "db-instance"];

/** What a rule reads that finds nothing to extract. */
export const nothing = (): Reading => ({});
