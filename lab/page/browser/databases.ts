import type { DatabasesView, DeploymentView } from "../databases.ts";
import type { StateView } from "../views.ts";
import { box, type Database, isPart } from "./boxes.ts";
import { byId, el, svg } from "./dom.ts";
import { drawPauses, knowSwitchovers, pause } from "./pauses.ts";
import { replication, replicationWords } from "./replication.ts";

const REDRAW_MS = 200;
const SIDES = { left: { role: "blue", title: "Blue, production" }, right: { role: "green", title: "Green" } } as const;
/** The same once they have changed roles. */
const SWITCHED = { left: { role: "old", title: "Old blue" }, right: { role: "blue", title: "New blue, production" } } as const;

const picture = byId("picture");
let view: DatabasesView = { deployments: [], clusters: [], instances: [] };

setInterval(() => drawPauses(picture), REDRAW_MS);

/** Takes the last switchover of each deployment, as RDS's events tell it. */
export function showSwitchovers(seen: StateView["switchovers"]): void {
  knowSwitchovers(seen);
  redraw();
}

/** Draws what the RDS API answered. */
export function showDatabases(seen: DatabasesView): void {
  view = seen;
  redraw();
}

/** Draws it again with what the cards say now. */
export function redraw(): void {
  const known = new Map<string, Database>([...view.clusters, ...view.instances].map((it) => [it.arn, it]));
  const members = new Set(view.deployments.flatMap((it) => [it.source, it.target, ...it.members.flatMap((m) => [m.source, m.target])]));
  const clustersIn = new Set([...known].filter(([arn]) => members.has(arn)).map(([, database]) => database.name));
  const isOther = (it: Database) => !members.has(it.arn) && !(it.cluster && clustersIn.has(it.cluster)) && !isPart(it, view);
  const others = [...known.values()].filter(isOther).map((it) => box(it, { role: "none", title: "Database", pairs: [] }, view));
  picture.replaceChildren(
    ...(view.trouble ? [el("p", { class: "trouble" }, `RDS did not answer (${view.trouble}): this is what it said before.`)] : []),
    ...view.deployments.map((it) => deployment(it, known)),
    ...(others.length > 0 ? [el("div", { class: "others" }, el("h3", {}, "In no deployment"), others)] : []),
    ...(known.size === 0 ? [el("p", { class: "empty" }, "There is no database yet. Play a story.")] : []),
  );
}

function deployment(it: DeploymentView, known: ReadonlyMap<string, Database>): HTMLElement {
  const done = it.tasks.filter(({ status }) => status === "COMPLETED").length;
  return el(
    "article",
    { class: "deployment" },
    el("h3", {}, it.name, " ", el("span", { class: "chip" }, it.status)),
    el("p", { class: "hint" }, el("code", {}, it.id), it.tasks.length > 0 && ` · ${done} of ${it.tasks.length} tasks done`),
    it.statusDetails && el("p", {}, it.statusDetails),
    pause(it.id),
    sides(it, known),
  );
}

function sides({ id, status, source, target, members: pairs }: DeploymentView, known: ReadonlyMap<string, Database>): HTMLElement {
  const isSwitched = status === "SWITCHOVER_COMPLETED";
  const words = replicationWords(id);
  const { left, right } = isSwitched ? SWITCHED : SIDES;
  return el(
    "div",
    { class: "sides" },
    box(known.get(source) ?? gone(source), { ...left, pairs }, view),
    el("div", { class: "between" }, isSwitched ? undefined : arrow(words?.startsWith("*degraded*")), replication(words)),
    box(target ? (known.get(target) ?? gone(target)) : undefined, { ...right, pairs }, view),
  );
}

const gone = (arn: string): Database => ({ name: arn.split(":").at(-1) ?? arn, arn, status: "does not exist" });

function arrow(isBroken = false): SVGElement {
  const line = isBroken ? "M1 8h12M32 8h13M18 3l9 10M27 3l-9 10M38 2l7 6-7 6" : "M1 8h44M38 2l7 6-7 6";
  return svg("svg", { class: isBroken ? "arrow broken" : "arrow", viewBox: "0 0 48 16", "aria-hidden": "true" }, svg("path", { d: line }));
}
