import type { ControlPlane } from "./control-plane.ts";
import type { Cluster, CustomEndpoint, Deployment, EndpointPair, Instance } from "./state.ts";

/** A custom endpoint of a cluster that exists before a story starts. */
export interface EndpointSeed {
  identifier: string;
  /** `READER` if left out. */
  type?: "READER" | "ANY";
  /** The instances that it leads to; if left out, all that it does not exclude. */
  members?: readonly string[];
  excluded?: readonly string[];
}

/** Adds a custom endpoint to a cluster. @throws Error if it names an instance that the cluster does not have. */
export function addEndpoint(control: ControlPlane, cluster: Cluster, { identifier, type = "READER", ...seed }: EndpointSeed): void {
  const instances = control.store.instancesOf(cluster);
  const named = (name: string): Instance => {
    const found = instances.find((instance) => instance.identifier === name);
    if (!found) throw new Error(`Cluster ${cluster.identifier} has no instance ${name}: name one of its own for endpoint ${identifier}.`);
    return found;
  };
  const members = (seed.members ?? []).map(named);
  const excluded = (seed.excluded ?? []).map(named);
  control.store.endpoints.push({ ...identity(control, identifier), cluster, type, members, excluded });
}

/** The pairs that a new deployment of a cluster has for its custom endpoints, before green exists. */
export function endpointPairs({ store, identifiers }: ControlPlane, cluster: Cluster, suffixes: Record<string, string>): EndpointPair[] {
  return store.endpointsOf(cluster).map((source) => ({
    source,
    greenName: `${source.identifier}-green-${suffixes[source.identifier] ?? identifiers.greenSuffix()}`,
    status: "PROVISIONING",
  }));
}

/** Creates green's custom endpoints, which lead to the green of the instances that blue's lead to. */
export function createGreenEndpoints(control: ControlPlane, deployment: Deployment): void {
  const cluster = deployment.members.find(({ target }) => target?.kind === "cluster")?.target;
  if (cluster?.kind !== "cluster") return;
  const greenOf = (blue: Instance): Instance[] =>
    deployment.members.flatMap(({ source, target }) => (source === blue && target?.kind === "db" ? [target] : []));
  for (const pair of deployment.endpoints) {
    const { type, members, excluded } = pair.source;
    const green = { cluster, type, members: members.flatMap(greenOf), excluded: excluded.flatMap(greenOf) };
    pair.target = { ...identity(control, pair.greenName), ...green };
    control.store.endpoints.push(pair.target);
  }
}

function identity({ identifiers }: ControlPlane, identifier: string) {
  const fresh: Pick<CustomEndpoint, "kind" | "identifier" | "resourceId" | "status"> = {
    kind: "cluster-endpoint",
    identifier,
    resourceId: identifiers.endpointResource(),
    status: "available",
  };
  return fresh;
}
