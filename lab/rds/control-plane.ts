import type { Clock } from "../../local/clock.ts";
import type { EventLog } from "./events.ts";
import type { Faults } from "./faults.ts";
import type { ArnOf, Identifiers } from "./identifiers.ts";
import type { ParameterGroups } from "./parameter-groups.ts";
import type { Past } from "./past.ts";
import type { Database, Deployment } from "./state.ts";
import type { Store } from "./store.ts";

/** How a story wants the next creation to go; anything left out follows the engine's timeline and chance. */
export interface NextCreation {
  /** Whole minutes from the call to the minute in which it is AVAILABLE. */
  minutes?: number;
  ids?: {
    /** `bgd-…` */
    deployment?: string;
    /** What follows `-green-`, by the name of the blue cluster, instance or custom endpoint. */
    suffixes?: Record<string, string>;
  };
}

/** How a story wants the next switchover to go; anything left out goes well, all members at once. */
export interface NextSwitchover {
  /**
   * Members whose pair ends SWITCHOVER_FAILED, by the name of blue: both names stay. With a `reason`, RDS says so in an event where it has
   * one for that kind of member. Source: a public rehearsal with RDS for MySQL, xiaofeng8458/kiro-agent-canal-cutover,
   * reports/rehearsal-report-2026-08-15.md, section 4.1.
   */
  fails?: readonly { name: string; reason?: string }[];
  /** What the deployment itself ends as: SWITCHOVER_COMPLETED if left out, as in that rehearsal; the other one without an event. */
  endsAs?: "SWITCHOVER_COMPLETED" | "SWITCHOVER_FAILED";
  /**
   * Seconds between the writer and the first reader, and from reader to reader; each is SWITCHOVER_COMPLETED on its own then. Source:
   * sysown/proxysql#5861, #5934.
   */
  readersLater?: number;
}

/** What the parts of the lab's RDS share. */
export interface ControlPlane {
  readonly clock: Clock;
  readonly region: string;
  readonly arnOf: ArnOf;
  readonly identifiers: Identifiers;
  /** In every endpoint's name, as in an account's Region. */
  readonly endpointHash: string;
  readonly store: Store;
  readonly past: Past;
  readonly parameterGroups: ParameterGroups;
  /** The versions that RDS lists, by engine. */
  readonly engineVersions: Map<string, Set<string>>;
  readonly events: EventLog;
  readonly faults: Faults;
  nextCreation?: NextCreation;
  nextSwitchover?: NextSwitchover;
  /** How many times as fast as recorded deployments are created, switched over and deleted from now on. */
  haste: number;
  /** Creations so far: the first one is the article's own. */
  creations: number;
  /** Starts a task that runs on its own; its failure is not lost. */
  run(task: () => Promise<void>): void;
}

/** Publishes an event about a database or a deployment, under its current name. */
export function announce(
  { events }: ControlPlane,
  about: Database | Deployment,
  message: string,
  origin: "recorded" | "lab" = "lab",
): void {
  const sourceType = "members" in about ? "BLUE_GREEN_DEPLOYMENT" : about.kind === "cluster" ? "CLUSTER" : "DB_INSTANCE";
  events.record({ sourceType, sourceIdentifier: about.identifier, message, origin });
}
