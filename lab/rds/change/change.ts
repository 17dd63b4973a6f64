import type { DBCluster, DBInstance } from "@aws-sdk/client-rds";
import type { ControlPlane } from "../control-plane.ts";
import type { Database, Storage } from "../state.ts";

/** What a test or a story changes about a database by hand; anything left out stays. */
export interface Change {
  deletionProtection?: boolean;
  status?: string;
  engineVersion?: string;
  parameterGroup?: string;
  /** For a cluster: of its group on every instance. `in-sync` unless somebody changed it. */
  parameterGroupStatus?: string;
  kmsKeyId?: string;
  /** All its tags. */
  tags?: Record<string, string>;
  /** For an instance. */
  class?: string;
  /** For an RDS instance. */
  storage?: Storage;
  /** Fields that the lab only shows, in the words of the API; green gets those that blue has when it is created. */
  shows?: Partial<DBCluster & DBInstance>;
}

/**
 * Changes a cluster or an instance as somebody with the console would, or as AWS might some day.
 *
 * @throws Error if the lab has no such database.
 */
export function change(control: ControlPlane, identifier: string, { shows, ...fields }: Change): void {
  const database: Database | undefined = control.store.cluster(identifier) ?? control.store.instance(identifier);
  if (database === undefined) throw new Error(`The lab has no database ${identifier}: add it with addCluster or addInstance first.`);
  Object.assign(database, fields, { shows: { ...database.shows, ...shows } });
  if (fields.parameterGroup) control.parameterGroups.named(database.kind, fields.parameterGroup, database.engine, database.engineVersion);
}
