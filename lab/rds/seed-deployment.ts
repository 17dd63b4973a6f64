import type { BlueGreenDeployment } from "@aws-sdk/client-rds";
import type { ControlPlane } from "./control-plane.ts";
import { addCluster, addInstance } from "./seed.ts";
import type { Database, Deployment, Member } from "./state.ts";

/** What the lab's RDS says about a database of which only the name is known: words that read naturally in a sentence. */
const UNKNOWN = {
  engine: "engine",
  engineVersion: "(unknown here)",
  parameterGroup: "unknown here",
  class: "unknown here",
  status: "status unknown",
};

/**
 * Adds a deployment that DescribeBlueGreenDeployments then returns as given, in the lab's own account and Region.
 *
 * Databases that it names and the lab does not have are added too, with nothing but a name. The deployment stays as it is: let the API
 * create one that is to be built, switched over and deleted.
 *
 * @throws Error if `Source` is not the ARN of a cluster or an instance.
 */
export function addDeployment(control: ControlPlane, given: BlueGreenDeployment): void {
  control.store.deployments.push(deploymentOf(control, given));
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
  for (const arn of pairs) databaseOf(control, arn);
  const source = databaseOf(control, given.Source);
  if (!source) throw new Error(`The lab cannot hold a deployment of "${given.Source}": give the ARN of a cluster or an instance.`);
  const target = databaseOf(control, given.Target);
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

/** The database that an ARN names, added if missing; undefined for an ARN of anything else. */
function databaseOf(control: ControlPlane, arn = ""): Database | undefined {
  const [, kind, identifier = ""] = arn.match(DATABASE) ?? [];
  if (kind === "cluster") {
    if (!control.store.cluster(identifier)) addCluster(control, { ...UNKNOWN, identifier, instances: [] });
    return control.store.cluster(identifier);
  }
  if (kind !== "db") return undefined;
  if (!control.store.instance(identifier)) addInstance(control, { ...UNKNOWN, identifier });
  return control.store.instance(identifier);
}

function here({ arnOf }: ControlPlane, given: BlueGreenDeployment): BlueGreenDeployment {
  const own = (arn: string | undefined) =>
    arn?.replace(DATABASE, (_arn, kind: string, identifier: string) => arnOf(kind === "cluster" ? "cluster" : "db", identifier));
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
