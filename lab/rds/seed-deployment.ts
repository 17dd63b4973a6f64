import type { BlueGreenDeployment } from "@aws-sdk/client-rds";
import type { ControlPlane } from "./control-plane.ts";
import { ownArn } from "./own-arn.ts";
import { addCluster, addInstance } from "./seed.ts";
import type { Cluster, Database, Deployment, Member } from "./state.ts";

/** What the lab's RDS says about a database of which only the name is known: words that read naturally in a sentence, and no status. */
const UNKNOWN = {
  engineVersion: "(unknown here)",
  parameterGroup: "unknown here",
  class: "unknown here",
  status: "",
};

/**
 * Adds a deployment that DescribeBlueGreenDeployments then returns as given, in the lab's own account and Region.
 *
 * Databases that it names and the lab does not have are added too, with nothing but a name, unless all of their kind are there already:
 * then they do not exist. The deployment stays as it is: let the API create one that is to be built, switched over and deleted.
 *
 * @throws Error if `Source` is not the ARN of a cluster or an instance.
 */
export function addDeployment(control: ControlPlane, given: BlueGreenDeployment): void {
  const made = deploymentOf(control, given);
  control.store.deployments.push(made);
}

/**
 * Changes what DescribeBlueGreenDeployments returns of an added deployment; without `fields` it is no longer listed, and its databases stay.
 *
 * @throws Error if no deployment of that id was added.
 */
export function changeDeployment(control: ControlPlane, identifier: string, fields: Partial<BlueGreenDeployment> | undefined): void {
  const { store } = control;
  const found = store.deployment(identifier);
  if (!found?.given) throw new Error(`The lab has no deployment ${identifier} that addDeployment added: add it first.`);
  const changed = fields && deploymentOf(control, { ...found.given, ...fields });
  store.deployments = store.deployments.flatMap((deployment) => (deployment === found ? (changed ?? []) : deployment));
}

function deploymentOf(control: ControlPlane, given: BlueGreenDeployment): Deployment {
  const pairs = (given.SwitchoverDetails ?? []).flatMap(({ SourceMember, TargetMember }) => [SourceMember, TargetMember]);
  // RDS has blue/green deployments of no cluster but Aurora's. Source: RDS API, CreateBlueGreenDeployment, Source.
  const engine = given.Source?.split(":")[5] === "cluster" ? "aurora" : "engine";
  for (const arn of pairs) databaseOf(control, engine, arn);
  const source = databaseOf(control, engine, given.Source);
  if (!source) throw new Error(`The lab cannot hold a deployment of "${given.Source}": give the ARN of a cluster or an instance.`);
  const target = databaseOf(control, engine, given.Target);
  const primary: Member = { source, target, greenName: target?.identifier ?? "" };
  const identifier = given.BlueGreenDeploymentIdentifier ?? "";
  const name = given.BlueGreenDeploymentName ?? identifier;
  return {
    identifier,
    name,
    createdAt: given.CreateTime?.getTime() ?? 0,
    status: given.Status ?? "",
    tasks: [],
    members: [primary],
    endpoints: [],
    tags: Object.fromEntries((given.TagList ?? []).map(({ Key = "", Value = "" }) => [Key, Value])),
    request: { BlueGreenDeploymentName: name, Source: given.Source },
    given: here(control, given),
  };
}

const DATABASE = /^arn:[^:]*:rds:[^:]*:[^:]*:(cluster|db):(.+)$/;

/** The database that an ARN names, made up if missing; undefined for an ARN of anything else. */
function databaseOf(control: ControlPlane, engine: string, arn = ""): Database | undefined {
  const [, kind, identifier = ""] = arn.match(DATABASE) ?? [];
  if (kind === "cluster") return unknownCluster(control, identifier, engine);
  if (kind !== "db") return undefined;
  const { store } = control;
  if (!store.instance(identifier)) addInstance(control, { ...UNKNOWN, identifier, engine });
  return madeUp(control, store.instance(identifier));
}

/** The cluster of that name; one with nothing but a name and an engine if the lab does not have it. */
export function unknownCluster(control: ControlPlane, identifier: string, engine: string): Cluster | undefined {
  const { store } = control;
  if (!store.cluster(identifier)) addCluster(control, { ...UNKNOWN, identifier, engine, instances: [] });
  return madeUp(control, store.cluster(identifier));
}

/** Where all of a kind are known, a made-up one does not exist. */
function madeUp<T extends Database>({ store }: ControlPlane, database: T | undefined): T | undefined {
  if (database && !database.given && store.complete.has(database.kind)) store.remove(database);
  return database;
}

function here(control: ControlPlane, given: BlueGreenDeployment): BlueGreenDeployment {
  const own = (arn: string | undefined) => (arn === undefined ? undefined : ownArn(control, arn));
  return {
    ...given,
    Source: own(given.Source),
    Target: own(given.Target),
    SwitchoverDetails: given.SwitchoverDetails?.map((it) => ({
      ...it,
      SourceMember: own(it.SourceMember),
      TargetMember: own(it.TargetMember),
    })),
  };
}
