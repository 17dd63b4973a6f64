import type { ClusterView, DatabasesView, DeploymentView, InstanceView } from "../databases.ts";
import { el, svg } from "./dom.ts";

/** A cluster, an instance, or what is left to say of one that does not exist. */
export type Database = Pick<ClusterView, "name" | "arn" | "status"> & Partial<ClusterView> & Partial<InstanceView>;

type Pairs = DeploymentView["members"];
type Rows = readonly (readonly [term: string, value: string | undefined])[];

/** How a database is drawn: as which side, under which title, and among which pairs of its deployment. */
export interface Part {
  role: "blue" | "green" | "old" | "none";
  title: string;
  pairs: Pairs;
}

/** A database with what is within it; undefined is one that is not there yet. */
export function box(database: Database | undefined, { role, title, pairs }: Part, view: DatabasesView): HTMLElement {
  const inside = database ? insideOf(database, view).map(([name, role]) => member(name, role, pairs, view)) : [];
  return el(
    "div",
    { class: `database ${role}` },
    el("p", { class: "role" }, cylinder(), title),
    database ? facts(database, pairs) : el("p", {}, "not there yet"),
    inside.length > 0 && el("ul", { class: "members" }, inside),
  );
}

/** What a cluster contains is drawn within it, and a read replica within its source. */
export function isPart(it: Database, view: DatabasesView): boolean {
  return view.clusters.some(({ name }) => name === it.cluster) || view.instances.some((other) => isReplicaOf(other, it, view));
}

/** Blue and green are drawn side by side, also where one follows the other. */
function isReplicaOf({ name }: Database, { replicaOf, arn }: Database, { deployments }: DatabasesView): boolean {
  return replicaOf === name && !deployments.some(({ source, target }) => source === arn || target === arn);
}

function insideOf(database: Database, view: DatabasesView): [name: string, role: string][] {
  if (database.members) return database.members.map(({ name, writer }) => [name, writer ? "writer" : "reader"]);
  return view.instances.filter((it) => isReplicaOf(database, it, view)).map(({ name }) => [name, "read replica"]);
}

function facts(it: Database, pairs: Pairs): HTMLElement[] {
  const groups = it.parameterGroups ?? [it.parameterGroup];
  const rows: Rows = [
    ["engine", it.engine && `${it.engine} ${it.version}`],
    ["status", it.status],
    ["switchover", it.members ? undefined : pairStatus(it.arn, pairs)],
    ["class", it.class],
    ["parameter group", groups.filter(Boolean).join(", ")],
    ["endpoint", short(it.endpoint)],
    ["reader endpoint", short(it.readerEndpoint)],
    ["replica of", it.replicaOf],
  ];
  return [el("p", { class: "name" }, it.name), definitions(rows)];
}

function member(name: string, role: string, pairs: Pairs, { instances }: DatabasesView): HTMLElement {
  const it = instances.find((instance) => instance.name === name);
  const rows: Rows = [
    ["class", it?.class],
    ["engine", it?.version],
    ["status", it?.status],
    ["switchover", it && pairStatus(it.arn, pairs)],
    ["parameter group", it?.parameterGroups.join(", ")],
    ["endpoint", short(it?.endpoint)],
  ];
  return el("li", {}, el("p", { class: "name" }, name, el("span", { class: "thin" }, ` ${role}`)), definitions(rows));
}

/** An endpoint without what all endpoints of a Region end in. */
const short = (endpoint: string | undefined): string | undefined => endpoint?.replace(/\.[a-z0-9-]+\.rds\.amazonaws\.com$/, "…");

function pairStatus(arn: string, pairs: Pairs): string | undefined {
  const status = pairs.find(({ source, target }) => source === arn || target === arn)?.status;
  return status === "AVAILABLE" ? undefined : status;
}

function definitions(rows: Rows): HTMLElement {
  const present = rows.filter(([, value]) => value);
  return el(
    "dl",
    {},
    present.map(([term, value]) => el("div", {}, el("dt", {}, term), " ", el("dd", {}, value))),
  );
}

function cylinder(): SVGElement {
  return svg("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, [
    svg("path", { d: "M3 5v14c0 2 4 3 9 3s9-1 9-3V5" }),
    svg("ellipse", { cx: 12, cy: 5, rx: 9, ry: 3 }),
    svg("path", { d: "M3 12c0 2 4 3 9 3s9-1 9-3" }),
  ]);
}
