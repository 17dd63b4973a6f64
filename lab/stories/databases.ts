import type { ClusterSeed, InstanceSeed } from "../rds/rds.ts";

/** An Aurora PostgreSQL cluster as stories upgrade it: 15.5, with as many instances as asked for. */
export function auroraPostgresql(identifier: string, instances = 1): ClusterSeed {
  return cluster(identifier, "aurora-postgresql", "15.5", "aurora-postgresql15", instances);
}

/** An Aurora MySQL cluster of version 2, with as many instances as asked for. */
export function auroraMysql(identifier: string, instances = 1): ClusterSeed {
  return cluster(identifier, "aurora-mysql", "5.7.mysql_aurora.2.12.4", "aurora-mysql5-7", instances);
}

/** An RDS instance whose storage is restored and initialized when green is created from it. */
export function rdsInstance(identifier: string, engine: "mysql" | "postgres", engineVersion: string): InstanceSeed {
  const [major = "", minor] = engineVersion.split(".");
  const parameterGroup = engine === "postgres" ? `postgres${major}` : `mysql${major}-${minor}`;
  return { identifier, engine, engineVersion, class: "db.m7g.large", parameterGroup, storage: { allocated: 200, type: "gp3" } };
}

function cluster(identifier: string, engine: string, engineVersion: string, group: string, instances: number): ClusterSeed {
  return {
    identifier,
    engine,
    engineVersion,
    parameterGroup: `${identifier}-${group}`,
    instances: Array.from({ length: instances }, (_, index) => ({
      identifier: `${identifier}-${index + 1}`,
      class: "db.r7g.large",
      parameterGroup: `${identifier}-instance-${group}`,
    })),
  };
}

/** Parameters for the upgrade of an Aurora PostgreSQL cluster of `auroraPostgresql` to 16.4. */
export function toPostgresql16(identifier: string) {
  return {
    name: `${identifier}-16`,
    source: `cluster:${identifier}` as const,
    TargetEngineVersion: "16.4",
    TargetDBClusterParameterGroupName: `${identifier}-aurora-postgresql16`,
    TargetDBParameterGroupName: `${identifier}-instance-aurora-postgresql16`,
  };
}
