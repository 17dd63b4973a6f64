import { cards } from "./channel.js";
import { now, seconds } from "./clock.js";
import { byId, el, svg } from "./dom.js";
import { mrkdwn } from "./rich.js";

const REPLICATION = "*Replication*\n";
const REDRAW_MS = 200;

const picture = byId("picture");
let view = { deployments: [], clusters: [], instances: [] };
let switchovers = {};

setInterval(drawPauses, REDRAW_MS);

/** Takes the last switchover of each deployment, as RDS's events tell it. */
export function showSwitchovers(seen) {
  switchovers = seen;
  redraw();
}

/** Draws what the RDS API answered. */
export function showDatabases(seen) {
  view = seen;
  redraw();
}

/** Draws it again with what the cards say by now. */
export function redraw() {
  const known = databasesOf(view);
  const members = new Set(view.deployments.flatMap((it) => [it.source, it.target, ...it.members.flatMap((m) => [m.source, m.target])]));
  const clustersIn = new Set([...known].filter(([arn]) => members.has(arn)).map(([, database]) => database.name));
  const others = [...known.values()].filter((it) => !members.has(it.arn) && !(it.cluster && clustersIn.has(it.cluster)) && !isPart(it));
  picture.replaceChildren(
    ...(view.trouble ? [el("p", { class: "trouble" }, `RDS did not answer (${view.trouble}): this is what it said before.`)] : []),
    ...view.deployments.map((it) => deployment(it, known)),
    ...(others.length > 0
      ? [el("div", { class: "others" }, [el("h3", {}, "In no deployment"), others.map((it) => box(it, "none", ""))])]
      : []),
    ...(known.size === 0 ? [el("p", { class: "empty" }, "There is no database yet. Play a story.")] : []),
  );
}

/** What a cluster contains is drawn within it, and a read replica within its source. */
const isPart = (it) => view.clusters.some(({ name }) => name === it.cluster) || view.instances.some((other) => isReplicaOf(other, it));

/** Blue and green are drawn side by side, also where one follows the other. */
const isReplicaOf = ({ name }, { replicaOf, arn }) =>
  replicaOf === name && !view.deployments.some(({ source, target }) => source === arn || target === arn);

function databasesOf({ clusters, instances }) {
  return new Map([...clusters, ...instances].map((it) => [it.arn, it]));
}

function deployment(it, known) {
  const isSwitched = it.status === "SWITCHOVER_COMPLETED";
  const done = it.tasks.filter(({ status }) => status === "COMPLETED").length;
  const words = replicationWords(it.id);
  const [left, right] = isSwitched ? ["Old blue", "New blue, production"] : ["Blue, production", "Green"];
  return el(
    "article",
    { class: "deployment" },
    el("h3", {}, it.name, " ", el("span", { class: "chip" }, it.status)),
    el("p", { class: "hint" }, el("code", {}, it.id), it.tasks.length > 0 && ` · ${done} of ${it.tasks.length} tasks done`),
    it.statusDetails && el("p", {}, it.statusDetails),
    pause(switchovers[it.id], it.id),
    el(
      "div",
      { class: "sides" },
      box(known.get(it.source) ?? gone(it.source), isSwitched ? "old" : "blue", left, it.members),
      el("div", { class: "between" }, isSwitched ? undefined : arrow(words?.startsWith("*degraded*")), replication(words)),
      box(it.target ? (known.get(it.target) ?? gone(it.target)) : undefined, isSwitched ? "blue" : "green", right, it.members),
    ),
  );
}

/** How long writes have paused, in the words of RDS's events; while it lasts it counts on. */
function pause(switchover, id) {
  if (!switchover) return undefined;
  const kind = switchover.end ?? "under-way";
  return el("p", { class: `pause ${kind}`, role: "timer", "data-deployment": id }, ...pauseWords(switchover));
}

function pauseWords({ startedAt, endedAt, end }) {
  const lasted = el("strong", {}, seconds((endedAt ?? now()) - startedAt));
  if (end === "completed") return ["Writes paused for about ", lasted, " at the switchover, by RDS's events."];
  if (end === "cancelled") return ["RDS cancelled the last switchover after ", lasted, ": blue accepts writes as before."];
  return ["RDS is switching over, and refuses writes for most of this time: ", lasted, " so far."];
}

function drawPauses() {
  for (const element of picture.querySelectorAll(".pause.under-way")) {
    element.replaceChildren(...pauseWords(switchovers[element.dataset.deployment]));
  }
}

const gone = (arn) => ({ name: arn.split(":").at(-1), arn, status: "does not exist" });

function box(database, role, title, pairs = []) {
  const inside = database ? insideOf(database).map(([name, role]) => member(name, role, pairs)) : [];
  return el(
    "div",
    { class: `database ${role}` },
    el("p", { class: "role" }, cylinder(), title || "Database"),
    database ? facts(database, pairs) : el("p", {}, "not there yet"),
    inside.length > 0 && el("ul", { class: "members" }, inside),
  );
}

function insideOf(database) {
  if (database.members) return database.members.map(({ name, writer }) => [name, writer ? "writer" : "reader"]);
  return view.instances.filter((it) => isReplicaOf(database, it)).map(({ name }) => [name, "read replica"]);
}

function facts(it, pairs) {
  const groups = it.parameterGroups ?? [it.parameterGroup];
  const pair = it.members ? undefined : pairStatus(it.arn, pairs);
  const rows = [
    ["engine", it.engine && `${it.engine} ${it.version}`],
    ["status", it.status],
    ["switchover", pair],
    ["class", it.class],
    ["parameter group", groups.filter(Boolean).join(", ")],
    ["endpoint", short(it.endpoint)],
    ["reader endpoint", short(it.readerEndpoint)],
    ["replica of", it.replicaOf],
  ];
  return [el("p", { class: "name" }, it.name), definitions(rows)];
}

function member(name, role, pairs) {
  const it = view.instances.find((instance) => instance.name === name);
  const rows = [
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
const short = (endpoint) => endpoint?.replace(/\.[a-z0-9-]+\.rds\.amazonaws\.com$/, "…");

function pairStatus(arn, pairs) {
  const status = pairs.find(({ source, target }) => source === arn || target === arn)?.status;
  return status === "AVAILABLE" ? undefined : status;
}

function definitions(rows) {
  const present = rows.filter(([, value]) => value);
  return el(
    "dl",
    {},
    present.map(([term, value]) => el("div", {}, el("dt", {}, term), " ", el("dd", {}, value))),
  );
}

/** What the guard's card says of replication; the RDS API itself says nothing. */
function replicationWords(id) {
  const card = cards().findLast((it) => textsOf(it).some((text) => text.includes(`\`${id}\``)));
  return (
    card &&
    textsOf(card)
      .find((text) => text.startsWith(REPLICATION))
      ?.slice(REPLICATION.length)
  );
}

function replication(words) {
  return el(
    "div",
    { class: "replication" },
    el("strong", {}, "Replication"),
    words ? mrkdwn(words, { verbatim: true }) : el("p", {}, "the guard has not said"),
    words && el("p", { class: "hint" }, "in the guard's words"),
  );
}

function textsOf({ blocks, attachments }) {
  const all = [...blocks, ...attachments.flatMap((it) => it.blocks ?? [])];
  return all.flatMap((block) => [block.text, ...(block.elements ?? [])]).flatMap((it) => (typeof it?.text === "string" ? [it.text] : []));
}

function cylinder() {
  return svg("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, [
    svg("path", { d: "M3 5v14c0 2 4 3 9 3s9-1 9-3V5" }),
    svg("ellipse", { cx: 12, cy: 5, rx: 9, ry: 3 }),
    svg("path", { d: "M3 12c0 2 4 3 9 3s9-1 9-3" }),
  ]);
}

function arrow(isBroken) {
  const line = isBroken ? "M1 8h12M32 8h13M18 3l9 10M27 3l-9 10M38 2l7 6-7 6" : "M1 8h44M38 2l7 6-7 6";
  return svg("svg", { class: isBroken ? "arrow broken" : "arrow", viewBox: "0 0 48 16", "aria-hidden": "true" }, svg("path", { d: line }));
}
