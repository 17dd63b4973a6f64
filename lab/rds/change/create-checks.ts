import {
  BlueGreenDeploymentAlreadyExistsFault$,
  type CreateBlueGreenDeploymentRequest,
  DBClusterNotFoundFault$,
  DBInstanceNotFoundFault$,
  InvalidDBClusterStateFault$,
  InvalidDBInstanceStateFault$,
  SourceClusterNotSupportedFault$,
  SourceDatabaseNotSupportedFault$,
} from "@aws-sdk/client-rds";
import type { ControlPlane } from "../control-plane.ts";
import { fault, invalidCombination, invalidValue } from "../errors.ts";
import type { Database } from "../state.ts";
import { timelineOf } from "../timelines/index.ts";
import { isOlder } from "../versions.ts";

const NOT_FOR_AURORA = [
  "TargetDBInstanceClass",
  "TargetIops",
  "TargetStorageType",
  "TargetAllocatedStorage",
  "TargetStorageThroughput",
] as const;

/**
 * Returns the blue database of a create call that AWS would accept.
 *
 * @throws RdsError the error that AWS returns otherwise. Source: RDS API reference, CreateBlueGreenDeployment.
 */
export function acceptedSource(control: ControlPlane, request: CreateBlueGreenDeploymentRequest): Database {
  checkName(control, request.BlueGreenDeploymentName ?? "");
  checkTags(request);
  const source = existingSource(control, request.Source ?? "");
  checkEngine(source, request);
  checkTopology(control, source);
  checkTarget(request);
  checkParameters(source, request);
  checkGroups(control, source, request);
  checkState(control, source);
  return source;
}

function checkName({ store }: ControlPlane, name: string): void {
  if (name.length > 60 || !/^[a-zA-Z](?:-?[a-zA-Z0-9]+)*$/.test(name)) {
    throw invalidValue(
      `The parameter BlueGreenDeploymentName is not a valid identifier: ${name}. It must be 1 to 60 letters, digits and single hyphens, begin with a letter and not end with a hyphen.`,
    );
  }
  if (store.deployments.some((deployment) => deployment.name.toLowerCase() === name.toLowerCase())) {
    throw fault(BlueGreenDeploymentAlreadyExistsFault$, `A Blue Green Deployment with the name '${name}' already exists`);
  }
}

function checkTags({ Tags = [] }: CreateBlueGreenDeploymentRequest): void {
  const reserved = Tags.find(({ Key = "" }) => /^(aws|rds):/i.test(Key));
  if (reserved) throw invalidValue(`The tag key ${reserved.Key} is reserved: keys can't begin with aws: or rds:.`);
}

function existingSource({ store }: ControlPlane, arn: string): Database {
  const kind = /^arn:[^:]+:rds:[^:]*:\d{12}:(cluster|db):[^:]+$/.exec(arn)?.[1];
  if (kind === undefined) throw invalidValue(`The parameter Source is not the ARN of a DB cluster or DB instance: ${arn}.`);
  const found = kind === "cluster" ? store.cluster(arn) : store.instance(arn);
  if (found) return found;
  throw kind === "cluster"
    ? fault(DBClusterNotFoundFault$, `DBCluster ${arn} not found.`)
    : fault(DBInstanceNotFoundFault$, `DBInstance ${arn} not found.`);
}

function checkEngine(source: Database, { TargetEngineVersion }: CreateBlueGreenDeploymentRequest): void {
  if (timelineOf(source.engine) === undefined) {
    const schema = source.kind === "cluster" ? SourceClusterNotSupportedFault$ : SourceDatabaseNotSupportedFault$;
    throw fault(schema, `Blue/green deployments aren't supported for engine ${source.engine}.`);
  }
  if (source.kind === "db" && source.cluster) {
    throw fault(
      SourceDatabaseNotSupportedFault$,
      `DB instance ${source.identifier} belongs to a DB cluster. Specify the ARN of the cluster.`,
    );
  }
  if (TargetEngineVersion !== undefined && isOlder(TargetEngineVersion, source.engineVersion)) {
    throw invalidCombination(`Cannot upgrade ${source.engine} from ${source.engineVersion} to ${TargetEngineVersion}`);
  }
}

/** Source: RDS User Guide, blue-green-deployments-overview, "Limitations": no replica of another instance, no cascading replicas. */
function checkTopology({ store }: ControlPlane, source: Database): void {
  if (source.kind === "cluster") return;
  const cascading = store.replicasOf(source).find((replica) => store.replicasOf(replica).length > 0);
  if (!source.replicaOf && !cascading) return;
  const why = source.replicaOf
    ? `is a read replica of ${source.replicaOf.identifier}`
    : `has read replica ${cascading?.identifier} with replicas of its own`;
  throw fault(
    SourceDatabaseNotSupportedFault$,
    `Blue/green deployments aren't supported for DB instance ${source.identifier}, which ${why}.`,
  );
}

const STORAGE_TYPES = ["gp2", "gp3", "io1", "io2"];
const MOST_KEYS = 20;

/** Source: RDS API reference, CreateBlueGreenDeployment, the patterns and valid values of its parameters. */
function checkTarget({
  TargetDBInstanceClass,
  TargetStorageType,
  TargetResourceConfigurations = [],
}: CreateBlueGreenDeploymentRequest): void {
  if (TargetDBInstanceClass !== undefined && !/^db\.[0-9a-z]{2,6}\.[0-9a-z]{4,9}$/.test(TargetDBInstanceClass)) {
    throw invalidValue(`Invalid value ${TargetDBInstanceClass} for TargetDBInstanceClass. It must be like db.m7g.large.`);
  }
  if (TargetStorageType !== undefined && !STORAGE_TYPES.includes(TargetStorageType)) {
    throw invalidValue(`Invalid value ${TargetStorageType} for TargetStorageType. Valid values: ${STORAGE_TYPES.join(", ")}`);
  }
  const arns = TargetResourceConfigurations.map(({ SourceArn = "" }) => SourceArn);
  const wrong = arns.find((arn) => !/^arn:aws[a-z-]*:rds(-[a-z]+)?:[a-z0-9-]*:\d{12}:(cluster|db):.+$/.test(arn));
  if (wrong !== undefined) throw invalidValue(`SourceArn in TargetResourceConfigurations is not the ARN of a database: ${wrong}.`);
  if (arns.length > MOST_KEYS || new Set(arns).size < arns.length) {
    throw invalidValue(`TargetResourceConfigurations must name at most ${MOST_KEYS} databases, each of them once.`);
  }
}

function checkParameters(source: Database, request: CreateBlueGreenDeploymentRequest): void {
  const wrong =
    source.kind === "cluster"
      ? NOT_FOR_AURORA.find((name) => request[name] !== undefined)
      : (["TargetDBClusterParameterGroupName"] as const).find((name) => request[name] !== undefined);
  if (wrong)
    throw invalidCombination(`${wrong} can't be specified for a ${source.kind === "cluster" ? "DB cluster" : "DB instance"} source.`);
}

/** The names of the groups that a creation is given, by kind. */
export function askedGroups(request: CreateBlueGreenDeploymentRequest): { kind: Database["kind"]; name: string }[] {
  const { TargetDBClusterParameterGroupName: cluster, TargetDBParameterGroupName: db } = request;
  return [...(cluster ? [{ kind: "cluster" as const, name: cluster }] : []), ...(db ? [{ kind: "db" as const, name: db }] : [])];
}

function checkGroups({ parameterGroups }: ControlPlane, source: Database, request: CreateBlueGreenDeploymentRequest): void {
  const version = request.TargetEngineVersion ?? source.engineVersion;
  for (const { kind, name } of askedGroups(request)) parameterGroups.check(kind, name, source.engine, version);
}

/**
 * A source that is a member of another deployment is refused for its state. AWS does not say with which error: `...NotSupported` is for
 * what a source *is*, `Invalid...State` for the state it is *in*, and this one passes once the other deployment is deleted.
 */
function checkState({ store }: ControlPlane, source: Database): void {
  const schema = source.kind === "cluster" ? InvalidDBClusterStateFault$ : InvalidDBInstanceStateFault$;
  const what = `DB ${source.kind === "cluster" ? "cluster" : "instance"} ${source.identifier}`;
  const taken = store.deploymentsOf(source).find(({ status }) => status !== "SWITCHOVER_COMPLETED");
  if (taken) throw fault(schema, `${what} is already part of blue/green deployment ${taken.identifier}.`);
  const members = source.kind === "cluster" ? [source, ...store.instancesOf(source)] : [source, ...store.replicasOf(source)];
  const busy = members.find(({ status }) => status !== "available");
  if (busy) throw fault(schema, `${what} is not in available state: ${busy.identifier} is ${busy.status}.`);
  if (source.kind === "cluster" && members.length === 1) throw fault(schema, `${what} has no DB instance.`);
}
