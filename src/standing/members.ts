import { rdsName } from "../deployments/arn.ts";
import { type ClusterEndpoint, type Database, type DeploymentView, databaseAt, type Member } from "../deployments/deployment.ts";
import { isExchanged } from "../deployments/membership.ts";
import type { Origin, OriginMember } from "../facts/memory.ts";
import { isReversed, pairsOf } from "./origin.ts";
import { isOldName, OLD, unlistedPairs } from "./unlisted.ts";

/** What a member is; `unknown` for a kind that the guard does not know. */
export type MemberKind = "cluster" | "instance" | "cluster-endpoint" | "global-cluster" | "unknown";

/** How a switchover ended for one member; `pending` before it has ended, or was begun. */
export type Outcome = "switched" | "failed" | "missing" | "pending" | "unknown";

/** Whose database bears the name that blue bore when it was first recorded. */
export type Bearer = "blue" | "green" | "unknown";

/** One pair of a deployment, and where its name leads. */
export interface MemberStanding {
  kind: MemberKind;
  /** RDS's own word for the kind. */
  word: string;
  /** The name that blue bore: the one that applications use. */
  name: string;
  source?: SideOfMember;
  target?: SideOfMember;
  /** RDS's own status in SwitchoverDetails; absent for an instance that it does not list. */
  status?: string;
  outcome: Outcome;
  /** Whose database the name leads to now. */
  bearer: Bearer;
}

/** One side of a member: what it is called now, and what RDS says of it. */
export interface SideOfMember {
  arn: string;
  name: string;
  /** Absent if RDS does not describe it. */
  database?: Database;
  endpoint?: ClusterEndpoint;
}

/** What the members are read from. */
export interface MembersInput {
  view: DeploymentView;
  /** Absent if no member could be recorded before one was switched. */
  origin?: Origin;
  /** The members once seen switched, as `db:NAME`: what was switched stays switched, whatever a later answer says. */
  switched: readonly string[];
}

const KINDS: Record<string, MemberKind> = {
  cluster: "cluster",
  db: "instance",
  "cluster-endpoint": "cluster-endpoint",
  "global-cluster": "global-cluster",
};

/** Every member, with the instances of clusters that SwitchoverDetails does not list. */
export function membersOf(input: MembersInput): MemberStanding[] {
  const listed = pairsOf(input.view.deployment).map((pair) => memberOf(pair, input));
  // An answer from another moment has another name for what is listed: its end is its own, and not its cluster's.
  const isListed = ({ name }: MemberStanding) => listed.some((it) => it.kind === "instance" && it.name === name);
  const unlisted = listed
    .filter(({ kind }) => kind === "cluster")
    .flatMap((cluster) => {
      const pairs = unlistedPairs(input.view, cluster.source?.name, cluster.target?.name);
      return pairs.map((pair) => memberIn(cluster, pair, input)).filter((it) => it !== undefined);
    })
    .filter((it) => !isListed(it));
  return [...listed, ...unlisted];
}

function memberOf(pair: Member, input: MembersInput): MemberStanding {
  const { view, origin } = input;
  const word = rdsName(pair.source ?? pair.target ?? "").kind;
  const first = originMemberOf(pair, origin);
  const name = first?.name ?? nameBefore(pair);
  const named = first && namedBy(view, first);
  const id = named?.resourceId;
  const wasSwitched = input.switched.includes(`${word}:${name}`) || (id !== undefined && id === first?.green);
  const outcome = wasSwitched ? "switched" : outcomeOf(pair, name);
  return {
    kind: KINDS[word] ?? "unknown",
    word,
    name,
    ...sidesOf(pair, { view, first, name, outcome }),
    status: pair.status,
    outcome,
    bearer: bearerOf({ pair, first, named, name, outcome }),
  };
}

/** The record of a pair, found by any name that its sides may bear before, during and after a switchover. */
function originMemberOf({ source, target }: Member, origin: Origin | undefined): OriginMember | undefined {
  const { kind } = rdsName(source ?? target ?? "");
  const [before, after] = [source, target].map((arn) => arn && rdsName(arn).name);
  const known = origin?.members.filter((it) => it.kind === kind) ?? [];
  const by = (is: (it: OriginMember) => boolean) => known.find(is);
  return (
    by(({ name }) => name === after) ??
    by(({ name }) => name === before) ??
    by(({ greenName }) => greenName !== undefined && greenName === after) ??
    by(({ name }) => before !== undefined && OLD.test(before) && name === before.replace(OLD, ""))
  );
}

function nameBefore(pair: Member): string {
  const [source, target] = [pair.source, pair.target].map((arn) => arn && rdsName(arn).name);
  if (isExchanged(pair) && target) return target;
  if (source) return source;
  return target?.replace(/-green-[a-z0-9]{6}$/, "") ?? "";
}

function outcomeOf(pair: Member, name: string): Outcome {
  const { status = "", target } = pair;
  const bears = target !== pair.source && isCalled(target, name);
  if (status === "SWITCHOVER_COMPLETED" || isExchanged(pair) || bears) return "switched";
  if (status === "SWITCHOVER_FAILED") return "failed";
  if (status.startsWith("MISSING_")) return "missing";
  return ["", "AVAILABLE", "PROVISIONING", "SWITCHOVER_IN_PROGRESS"].includes(status) ? "pending" : "unknown";
}

interface Naming {
  pair: Member;
  first?: OriginMember;
  /** The database that bears the recorded name now, if RDS describes it. */
  named?: Database;
  name: string;
  outcome: Outcome;
}

/** By the record of the first look; resource ids, where RDS gives them, overrule names. */
function bearerOf({ pair, first, named, name, outcome }: Naming): Bearer {
  if (!first) return "unknown";
  const id = named?.resourceId;
  const [before, after] = [pair.source, pair.target].map((arn) => arn && rdsName(arn).name);
  // RDS says that it was switched, and lists other names since: somebody has renamed a database by hand.
  if (pair.status === "SWITCHOVER_COMPLETED" && after !== undefined && after !== name) return "unknown";
  if (id !== undefined && id === first.green) return "green";
  if (outcome === "switched") return id === undefined || id === first.blue || first.green === undefined ? "green" : "unknown";
  // A name that no database bears, as far as RDS answers, leads nowhere. Other kinds are not looked up.
  const isLookedUp = first.kind === "cluster" || first.kind === "db";
  if (named === undefined && (isLookedUp || pair.status === "MISSING_SOURCE")) return "unknown";
  if (first.blue !== undefined) return id === first.blue ? "blue" : "unknown";
  return before === name ? "blue" : "unknown";
}

/** The database that bears the recorded name now, whichever side lists it. */
function namedBy({ databases }: DeploymentView, { kind, name }: OriginMember): Database | undefined {
  return databases.find((it) => it.identifier === name && KINDS[kind] === it.kind);
}

/**
 * Both sides as they are called now. An answer may list the names from before a switchover that was seen: the name is new blue's by now,
 * and what old blue is called is not known.
 */
function sidesOf(
  { source, target }: Member,
  { view, first, name, outcome }: Pick<MembersInput, "view"> & Pick<Naming, "first" | "name" | "outcome">,
): Pick<MemberStanding, "source" | "target"> {
  const isOutdated = outcome === "switched" && isCalled(source, name) && !isCalled(target, name);
  if (!isOutdated) return { source: sideAt(view, source), target: sideAt(view, target) };
  const bearer = sideAt(view, source);
  const isGreen = first?.green !== undefined && bearer?.database?.resourceId === first.green;
  return { source: undefined, target: bearer && { ...bearer, database: isGreen ? bearer.database : undefined } };
}

const isCalled = (arn: string | undefined, name: string): boolean => arn !== undefined && rdsName(arn).name === name;

function sideAt(view: DeploymentView, arn: string | undefined): SideOfMember | undefined {
  if (arn === undefined) return undefined;
  return { arn, name: rdsName(arn).name, database: databaseAt(view, arn), endpoint: view.endpoints?.find((it) => it.arn === arn) };
}

/**
 * An instance that SwitchoverDetails does not list is switched over with its cluster, once it bears the new name; undefined for one that was
 * never a part of it.
 */
function memberIn(cluster: MemberStanding, pair: Member, input: MembersInput): MemberStanding | undefined {
  const own = memberOf(pair, input);
  const { outcome, bearer } = cluster;
  if (isReversed(pair)) return { ...own, bearer: "unknown" };
  // Its own name leads to green already, whatever RDS says of its cluster.
  if (outcome !== "switched") return { ...own, outcome, bearer: own.outcome === "switched" ? "green" : bearer };
  if (own.outcome === "switched") return { ...own, bearer };
  if (isOldName(pair.source)) return { ...own, name: own.name.replace(OLD, ""), outcome, bearer };
  return pair.target === undefined ? undefined : { ...own, outcome: "pending", bearer: "blue" };
}
