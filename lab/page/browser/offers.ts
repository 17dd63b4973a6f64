import type { ClusterView, DatabasesView, InstanceView } from "../databases.ts";

type Database = Pick<ClusterView | InstanceView, "engine" | "version">;

/** Values to choose from, each with the words for it. */
export type Choices = readonly (readonly [value: string, words: string])[];

/** What there is now to choose from, by what it is a list of. */
export interface Lists {
  deployments: Choices;
  /** Databases that may be blue, by ARN. */
  sources: Choices;
  databases: Choices;
  /** All that an event may be of. */
  names: Choices;
}

/** What fits a database that may be blue, by its ARN. */
export interface Proposals {
  upgrades: ReadonlyMap<string, string>;
  groups: ReadonlyMap<string, string>;
  clusterGroups: ReadonlyMap<string, string>;
}

/** All of it. */
export interface Offer extends Lists, Proposals {}

const followers: ((offer: Offer) => void)[] = [];
let offered = "";

/** Calls `follower` when there is something else to choose from. */
export const onOffer = (follower: (offer: Offer) => void): void => void followers.push(follower);

/** Offers what there is now. */
export function offer(view: DatabasesView): void {
  const now = offerOf(view);
  if (JSON.stringify(now) === offered) return;
  offered = JSON.stringify(now);
  for (const follow of followers) follow(now);
}

function offerOf({ deployments, clusters, instances }: DatabasesView): Offer {
  const sources = [...clusters, ...instances.filter(({ cluster }) => cluster === undefined)];
  const databases = [...clusters, ...instances].map(({ name }) => [name, name] as const);
  return {
    deployments: deployments.map(({ id, name }) => [id, `${name} (${id})`] as const).reverse(),
    sources: sources.map(({ arn, name, version }) => [arn, `${name}, ${version}`]),
    upgrades: new Map(sources.map((it) => [it.arn, upgradeOf(it)])),
    groups: new Map(sources.map((it) => [it.arn, groupOf(it)])),
    clusterGroups: new Map(clusters.map((it) => [it.arn, groupOf(it)])),
    databases,
    names: [...databases, ...deployments.map(({ id, name }) => [id, name] as const)],
  };
}

/** Versions to upgrade to, oldest first. */
const UPGRADES: Readonly<Record<string, readonly string[]>> = {
  "aurora-postgresql": ["15.5", "16.4"],
  "aurora-mysql": ["8.0.mysql_aurora.3.08.0"],
  postgres: ["15.5", "16.4"],
  mysql: ["8.0.39", "8.4.3"],
};

/** A version that blue can be upgraded to, or its own where it is the newest. */
function upgradeOf({ engine, version }: Database): string {
  return UPGRADES[engine]?.find((it) => Number.parseFloat(it) > Number.parseFloat(version)) ?? version;
}

/** AWS's own parameter group for that upgrade; blue's does not fit another major version. */
function groupOf(database: Database): string {
  const version = upgradeOf(database);
  const [major, minor] = version.split(".");
  return `default.${database.engine}${database.engine.includes("postgres") ? major : `${major}.${minor}`}`;
}
