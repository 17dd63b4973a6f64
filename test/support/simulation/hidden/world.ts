import type { ClusterEndpoint, Database, Deployment } from "../../../../src/deployments/deployment.ts";
import { type Happening, happen } from "./happenings.ts";

/** A cluster, an instance or a custom endpoint as it is. */
export interface Thing {
  id: string;
  kind: "cluster" | "db" | "cluster-endpoint";
  name: string;
  /** For an instance or an endpoint of a cluster: the cluster's id. */
  cluster?: string;
  exists: boolean;
  status: string;
  version: string;
  /** StatusInfos. */
  replication?: string;
  /** Deletion protection. */
  isProtected?: boolean;
}

/** A pair of a deployment as it is. */
export interface Pair {
  /** The name that blue bore when the deployment was created. */
  name: string;
  blue: string;
  green?: string;
  status: string;
  /** False for an instance that SwitchoverDetails leaves out. */
  listed: boolean;
  /** The names that RDS goes on listing although somebody has renamed the databases. */
  frozen?: { source: string; target: string };
}

/** A deployment as it is. */
export interface Truly {
  id: string;
  name: string;
  status: string;
  built: boolean;
  createTime: string;
  pairs: Pair[];
  tags: Record<string, string>;
}

/** Everything as it is at a moment. */
export interface Truth {
  things: Record<string, Thing>;
  deployments: Truly[];
}

/** An RDS event as EventBridge delivers it. */
export interface Said {
  at: number;
  sourceType: "CLUSTER" | "DB_INSTANCE" | "BLUE_GREEN_DEPLOYMENT";
  name: string;
  message: string;
}

/** What RDS would answer if its answers were neither late nor in part. */
export interface Answer {
  deployments: Deployment[];
  clusters: Database[];
  instances: Database[];
  endpoints: ClusterEndpoint[];
}

/** How far an answer of RDS may lag behind, in milliseconds. */
export const STALE_MS = 60_000;

const ARN = "arn:aws:rds:ap-northeast-1:123456789012";
/** The ARN of a database. */
export const arnOf = (kind: string, name: string): string => `${ARN}:${kind}:${name}`;

/** The hidden truth of one account, with its past. */
export class World {
  readonly said: Said[] = [];
  readonly past: { at: number; truth: Truth }[] = [];
  /** Every deployment that ever was, by id, as it was last. */
  readonly ever = new Map<string, Truly>();
  /** The members that were switched at some moment, as `id|name`. */
  readonly switched = new Set<string>();
  /** Tells the ids of several worlds apart. */
  readonly number: number;
  /** Hears of every event. */
  heard: (said: Said) => void = () => undefined;
  readonly #now: () => number;

  /** `now` is in milliseconds since 1970. */
  constructor(now: () => number, truth: Truth, number = 0) {
    this.#now = now;
    this.number = number;
    this.#keep(now() - STALE_MS, truth);
  }

  #keep(at: number, truth: Truth): void {
    this.past.push({ at, truth });
    for (const it of truth.deployments) {
      this.ever.set(it.id, it);
      for (const pair of it.pairs)
        if (pair.status === "SWITCHOVER_COMPLETED" || isSwitched(truth, pair)) this.switched.add(`${it.id}|${pair.name}`);
    }
  }

  get now(): number {
    return this.#now();
  }

  get truth(): Truth {
    return (this.past.at(-1) as { truth: Truth }).truth;
  }

  happen(happening: Happening): void {
    this.change((truth) => happen(truth, happening, this));
  }

  change(change: (truth: Truth) => void): void {
    const truth = structuredClone(this.truth);
    change(truth);
    this.#keep(this.now, truth);
  }

  /** An event, dated now. */
  say(sourceType: Said["sourceType"], name: string, message: string): void {
    const said = { at: this.now, sourceType, name, message };
    this.said.push(said);
    this.heard(said);
  }

  /** What was true so many milliseconds ago. */
  at(ago: number): Truth {
    const moment = this.now - ago;
    return (this.past.findLast(({ at }) => at <= moment) ?? this.past[0] ?? { truth: this.truth }).truth;
  }

  /** Everything that was true at some moment of the last `ms` milliseconds. */
  during(ms: number): Truth[] {
    const first = this.past.findLastIndex(({ at }) => at <= this.now - ms);
    return this.past.slice(Math.max(0, first)).map(({ truth }) => truth);
  }
}

/** True if the pair's name leads to green's database. */
export function isSwitched({ things }: Truth, { name, green }: Pair): boolean {
  const thing = green === undefined ? undefined : things[green];
  return thing?.exists === true && thing.name === name;
}

const ANSWERS = new WeakMap<Truth, Answer>();

/** What RDS answers of a truth. */
export function answerOf(truth: Truth): Answer {
  const known = ANSWERS.get(truth) ?? newAnswer(truth);
  ANSWERS.set(truth, known);
  return known;
}

function newAnswer({ things, deployments }: Truth): Answer {
  const all = Object.values(things).filter(({ exists }) => exists);
  const bearing = (id: string | undefined, frozen?: string) => {
    const thing = id === undefined ? undefined : things[id];
    return thing && arnOf(thing.kind, frozen ?? thing.name);
  };
  return {
    deployments: deployments.map(({ pairs, ...it }) => {
      const sides = pairs.map(({ blue, green, status, listed, frozen }) => ({
        listed,
        member: { source: bearing(blue, frozen?.source), target: bearing(green, frozen?.target), status },
      }));
      const tasks = ["CREATING_READ_REPLICA_OF_SOURCE", "DB_ENGINE_VERSION_UPGRADE"];
      return {
        id: it.id,
        name: it.name,
        status: it.status,
        source: sides[0]?.member.source ?? "",
        target: sides[0]?.member.target,
        members: sides.filter(({ listed }) => listed).map(({ member }) => member),
        tasks: tasks.map((name) => ({ name, status: it.built ? "COMPLETED" : "PENDING" })),
        createTime: it.createTime,
        tags: it.tags,
      };
    }),
    clusters: all.filter(({ kind }) => kind === "cluster").map((it) => databaseOf(it, things)),
    instances: all.filter(({ kind }) => kind === "db").map((it) => databaseOf(it, things)),
    endpoints: all
      .filter(({ kind }) => kind === "cluster-endpoint")
      .map((it) => ({ arn: arnOf(it.kind, it.name), identifier: it.name, status: it.status, cluster: "", instances: [] })),
  };
}

function databaseOf(thing: Thing, things: Truth["things"]): Database {
  const { kind, name, id, version, status, cluster, replication } = thing;
  const isCluster = kind === "cluster";
  const isAurora = isCluster || cluster !== undefined;
  const shared = {
    deletionProtection: thing.isProtected ?? false,
    backupRetentionPeriod: 1,
    managedPassword: false,
    tags: {},
    replicas: [],
  };
  const members = Object.values(things).filter((it) => it.kind === "db" && it.cluster === id && it.exists);
  return {
    kind: isCluster ? "cluster" : "instance",
    arn: arnOf(kind, name),
    identifier: name,
    resourceId: id,
    engine: isAurora ? "aurora-postgresql" : "postgres",
    engineVersion: version,
    status,
    parameterGroups: [{ name: `group-${version.split(".")[0]}`, ...(isCluster ? {} : { status: "in-sync" }) }],
    ...(cluster && { cluster: things[cluster]?.name }),
    ...(replication && { readReplication: { status: replication } }),
    configuration: isCluster
      ? {
          ...shared,
          engineMode: "provisioned",
          multiAzCluster: false,
          storageType: "aurora",
          clusterMembers: members.map((it, index) => ({ identifier: it.name, writer: index === 0, parameterGroupStatus: "in-sync" })),
        }
      : { ...shared, instanceClass: "db.r6g.large", allocatedStorage: 100, storageType: "gp3", optionGroups: ["default:postgres-15"] },
  };
}
