import { nameOf, type ResourceKind } from "./identifiers.ts";
import type { Cluster, CustomEndpoint, Database, Deployment, Instance } from "./state.ts";

/** Everything that exists in the lab's account and Region. */
export class Store {
  clusters: Cluster[] = [];
  instances: Instance[] = [];
  endpoints: CustomEndpoint[] = [];
  deployments: Deployment[] = [];
  /** The kinds of which no other database exists than those that were added. */
  readonly complete = new Set<Database["kind"]>();

  /** The cluster of that name or ARN. */
  cluster(identifierOrArn: string): Cluster | undefined {
    const name = nameOf("cluster", identifierOrArn);
    return this.clusters.find((cluster) => cluster.identifier.toLowerCase() === name);
  }

  /** The instance of that name or ARN. */
  instance(identifierOrArn: string): Instance | undefined {
    const name = nameOf("db", identifierOrArn);
    return this.instances.find((instance) => instance.identifier.toLowerCase() === name);
  }

  /** The read replicas of an RDS instance. */
  replicasOf(primary: Instance): Instance[] {
    return this.instances.filter((instance) => instance.replicaOf === primary);
  }

  /** The deployment of that `bgd-…` id; case does not matter. */
  deployment(identifier: string): Deployment | undefined {
    const name = nameOf("deployment", identifier);
    return this.deployments.find((deployment) => deployment.identifier.toLowerCase() === name);
  }

  /** The instances of a cluster, the writer first. */
  instancesOf(cluster: Cluster): Instance[] {
    const own = this.instances.filter((instance) => instance.cluster === cluster);
    return [...own.filter((instance) => instance.writer), ...own.filter((instance) => !instance.writer)];
  }

  /** The custom endpoints of a cluster. */
  endpointsOf(cluster: Cluster): CustomEndpoint[] {
    return this.endpoints.filter((endpoint) => endpoint.cluster === cluster);
  }

  /** The deployments that the database belongs to, as blue or as green. */
  deploymentsOf(database: Database): Deployment[] {
    return this.deployments.filter(({ members }) => members.some((member) => member.source === database || member.target === database));
  }

  add(database: Database): void {
    if (this.#exists(database)) {
      throw new Error(`The lab already has a database named ${database.identifier}: give the new one another identifier.`);
    }
    if (database.kind === "cluster") this.clusters.push(database);
    else this.instances.push(database);
  }

  remove(gone: Database | CustomEndpoint | Deployment): void {
    this.clusters = this.clusters.filter((cluster) => cluster !== gone);
    this.instances = this.instances.filter((instance) => instance !== gone);
    this.endpoints = this.endpoints.filter((endpoint) => endpoint !== gone && endpoint.cluster !== gone);
    this.deployments = this.deployments.filter((deployment) => deployment !== gone);
  }

  /** The current tags of a resource; none if it is gone. */
  tagsOf(kind: ResourceKind, identifier: string): Record<string, string> {
    const found = { cluster: this.cluster(identifier), db: this.instance(identifier), deployment: this.deployment(identifier) }[kind];
    return found?.tags ?? {};
  }

  #exists({ kind, identifier }: Database): boolean {
    return (kind === "cluster" ? this.cluster(identifier) : this.instance(identifier)) !== undefined;
  }
}
