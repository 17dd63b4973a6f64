import { DBClusterParameterGroupNotFoundFault$, DBParameterGroupNotFoundFault$ } from "@aws-sdk/client-rds";
import { fault, invalidCombination, type RdsError } from "./errors.ts";
import type { Database } from "./state.ts";
import { majorVersion } from "./versions.ts";

/** Whose parameters a group holds: a cluster's or an instance's. */
export type GroupKind = Database["kind"];

/** A parameter group of the lab. */
export interface ParameterGroup {
  readonly kind: GroupKind;
  readonly name: string;
  /** Such as `aurora-postgresql15`. */
  readonly family: string;
  /** By name; a parameter without a value is listed without one. */
  readonly parameters: Map<string, string | undefined>;
}

/** What a group is made of; parameters left out are as in the family, with replication turned on. */
export interface ParameterGroupSeed {
  kind: GroupKind;
  name: string;
  family: string;
  parameters?: Record<string, string | undefined>;
}

/**
 * The parameter groups of the account and Region.
 *
 * Every group that a database or a creation names exists, in the family of its version, unless it was removed; AWS's own `default.*` groups
 * always exist.
 */
export class ParameterGroups {
  readonly #groups = new Map<string, ParameterGroup>();
  readonly #removed = new Set<string>();

  /** Adds a group, and replaces one of that name. */
  add({ kind, name, family, parameters = {} }: ParameterGroupSeed): ParameterGroup {
    const group = { kind, name, family, parameters: new Map(Object.entries({ ...replicating(family), ...parameters })) };
    this.#groups.set(keyOf(kind, name), group);
    this.#removed.delete(keyOf(kind, name));
    return group;
  }

  /** Removes a group: creation with it is refused from then on. */
  remove(kind: GroupKind, name: string): void {
    this.#groups.delete(keyOf(kind, name));
    this.#removed.add(keyOf(kind, name));
  }

  /** Makes sure that a group which a database or a creation names exists, unless it was removed. */
  named(kind: GroupKind, name: string, engine: string, engineVersion: string): void {
    const key = keyOf(kind, name);
    if (this.#groups.has(key) || this.#removed.has(key) || isDefault(name)) return;
    this.add({ kind, name, family: familyOf(engine, engineVersion) });
  }

  /** All groups of a kind that somebody made. */
  all(kind: GroupKind): ParameterGroup[] {
    return [...this.#groups.values()].filter((group) => group.kind === kind);
  }

  /** The group of that name. @throws RdsError DBClusterParameterGroupNotFound, DBParameterGroupNotFound (404). */
  existing(kind: GroupKind, name: string): ParameterGroup {
    const found = this.#groups.get(keyOf(kind, name)) ?? defaultGroup(kind, name);
    if (found === undefined) throw notFound(kind, name);
    return found;
  }

  /**
   * Checks that a creation can use that group.
   *
   * @throws RdsError not found if it was removed; InvalidParameterCombination if it belongs to another family.
   */
  check(kind: GroupKind, name: string, engine: string, engineVersion: string): void {
    if (this.#removed.has(keyOf(kind, name))) throw notFound(kind, name);
    const found = this.#groups.get(keyOf(kind, name)) ?? defaultGroup(kind, name);
    const family = familyOf(engine, engineVersion);
    if (found === undefined || found.family === family) return;
    throw invalidCombination(
      `The Parameter Group ${name} with DBParameterGroupFamily ${found.family} can't be used for this instance. Please use a Parameter Group with DBParameterGroupFamily ${family}`,
    );
  }
}

/** The family of an engine's version, such as `aurora-postgresql15` and `mysql8.0`. */
export function familyOf(engine: string, engineVersion: string): string {
  return `${engine}${majorVersion(engine, engineVersion)}`;
}

const isDefault = (name: string): boolean => name.startsWith("default.");
const keyOf = (kind: GroupKind, name: string): string => `${kind}#${name.toLowerCase()}`;

function defaultGroup(kind: GroupKind, name: string): ParameterGroup | undefined {
  if (!isDefault(name)) return undefined;
  const family = name.slice("default.".length);
  return { kind, name, family, parameters: new Map(Object.entries(defaults(family))) };
}

function notFound(kind: GroupKind, name: string): RdsError {
  return kind === "cluster"
    ? fault(DBClusterParameterGroupNotFoundFault$, `DBClusterParameterGroup not found: ${name}`)
    : fault(DBParameterGroupNotFoundFault$, `DBParameterGroup not found: ${name}`);
}

/** The few replication parameters that the lab has, as AWS sets them. Source: Aurora and RDS User Guides, parameters of each engine. */
function defaults(family: string): Record<string, string | undefined> {
  return family.includes("postgres")
    ? {
        "rds.logical_replication": "0",
        max_replication_slots: "20",
        max_logical_replication_workers: undefined,
        max_worker_processes: undefined,
      }
    : { binlog_format: family.startsWith("aurora") ? "OFF" : "MIXED", event_scheduler: "OFF" };
}

function replicating(family: string): Record<string, string | undefined> {
  return { ...defaults(family), ...(family.includes("postgres") ? { "rds.logical_replication": "1" } : { binlog_format: "ROW" }) };
}
