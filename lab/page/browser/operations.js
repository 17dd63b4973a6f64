import { now, span } from "./clock.js";
import { byId, el, svg, timeElement } from "./dom.js";
import { answerIn, post } from "./post.js";

const STEPS = {
  asking: "A person is asked",
  announced: "Announced",
  started: "Begun",
  deleting: "Deletion begun",
  creating: "Creating",
  waiting: "RDS does not create it yet",
  building: "Creation begun",
  switching: "Asked RDS, once",
  reported: "RDS said",
  stuck: "Nothing moves",
  done: "Done",
  failed: "Failed",
  refused: "Refused",
  cancelled: "Stopped",
  unclear: "Unclear",
};
const VERBS = { recreate: "Recreate", switchover: "Switch over" };
const ENDS = { done: "done", failed: "failed", refused: "refused", cancelled: "stopped", unclear: "unclear" };
const KINDS = { done: "good", failed: "bad", unclear: "bad" };
const HALTS = new Set(["asking", "refused", "cancelled", "waiting", "stuck"]);
const MARKS = { bad: "M4 4l8 8M12 4l-8 8", halt: "M3 8h10", "": "M3 8.500l3.500 3.500L13 4.500" };
/** What comes after the last thing that is written down. */
const NEXT = {
  announced: "Waits until the DDL on blue has settled; until then it can be stopped.",
  started: "Deletes the deployment with everything green, if RDS still says that it may.",
  deleting: "Waits until RDS has deleted all of it, then creates it again.",
  creating: "Asks RDS for it.",
  waiting: "Tries again until RDS takes it.",
  building: "Waits until RDS has built green.",
  stuck: "Waits on.",
};
/** The same where a switchover begins or goes on otherwise than a recreation. */
const NEXT_OF_SWITCHOVER = {
  started: "Waits until all of green is ready, then asks RDS once.",
  switching: "RDS is switching over: writes are refused for most of this time.",
  reported: "RDS is switching over: writes are refused for most of this time.",
};
/** What comes before anything is written down. */
const FIRST = {
  recreate: "The guard looks at the deployment and at all that creation needs.",
  switchover: "The guard looks whether the deployment is ready.",
};
const REDRAW_MS = 1_000;

const list = byId("operation-list");
const shown = new Map();
let operations = [];
let deployments = [];
let isGuardAlive = true;

setInterval(drawElapsed, REDRAW_MS);

/** Takes all operations, in the order in which they were asked for. */
export function showOperations(all) {
  operations = all;
  const ids = new Set(all.map(({ requestId }) => requestId));
  for (const [id, { element }] of [...shown].filter(([id]) => !ids.has(id))) {
    element.remove();
    shown.delete(id);
  }
  for (const operation of all) put(operation);
  byId("operations").classList.toggle("none", all.length === 0);
  byId("no-operations").hidden = all.length > 0;
}

/** Takes whether somebody is there who works on them. */
export function guardIs({ alive }) {
  isGuardAlive = alive;
  showOperations(operations);
}

/** Takes what RDS says: how far a new deployment is. */
export function deploymentsAre(seen) {
  deployments = seen.deployments;
  showOperations(operations);
}

function put(operation) {
  const panel = shown.get(operation.requestId) ?? add(operation);
  panel.operation = operation;
  const status = statusOf(operation);
  const looks = JSON.stringify([operation, status]);
  if (panel.looks === looks) return;
  panel.looks = looks;
  panel.element.className = `operation ${status.kind}`;
  panel.name.textContent = operation.newName === undefined ? "" : `as ${operation.newName} `;
  panel.chip.className = `chip ${status.kind === "running" ? "" : status.kind}`;
  panel.chip.textContent = status.word;
  if (panel.now.textContent !== status.now) panel.now.textContent = status.now;
  panel.now.hidden = status.now === "";
  panel.steps.replaceChildren(...stepsOf(operation).map(step));
  panel.start.hidden = operation.outcome !== undefined || isGuardAlive;
  const isAsked = operation.notes.some((note) => note.step === "switching");
  panel.stop.hidden = operation.outcome !== undefined || operation.cancelled !== undefined || isAsked;
  panel.goOn.hidden = !operation.halfDone;
  drawElapsed();
}

/** The parts stay, so that whoever reads or presses one of them keeps his place. */
function add(operation) {
  const { requestId, operation: name, deploymentName, deploymentId } = operation;
  const said = el("output", { class: "said" });
  const button = (action, words) =>
    el("button", { type: "button", hidden: true, onclick: async () => answerIn(said, await post(action, { request: requestId })) }, words);
  const panel = {
    name: el("span"),
    chip: el("span", { class: "chip" }),
    elapsed: el("span"),
    steps: el("ol", { class: "steps" }),
    now: el("p", { class: "now", role: "status" }),
    stop: button("cancel-operation", "Stop it before its next change"),
    start: button("start-guard", "Start the guard again"),
    goOn: button("resume-operation", "Go on from the saved spec"),
  };
  const title = `operation-${requestId}`;
  panel.element = el(
    "article",
    { "aria-labelledby": title },
    el("h3", { id: title }, `${VERBS[name] ?? name} ${deploymentName} `, panel.name, panel.chip),
    el("p", { class: "hint" }, el("code", {}, deploymentId), " · ", ...askerOf(operation), " · ", panel.elapsed),
    panel.steps,
    panel.now,
    el("p", { class: "row" }, panel.start, panel.stop, panel.goOn, said),
  );
  list.prepend(panel.element);
  shown.set(requestId, panel);
  return panel;
}

function askerOf({ via, requestedBy, requestedAt }) {
  const where = { terminal: " at a terminal", slack: " in Slack" }[via] ?? "";
  const who = via === "policy" ? "the policy" : requestedBy.replace(/^arn:.*:/, "");
  return ["asked for by ", el("span", { title: requestedBy }, who), `${where} at `, timeElement(Date.parse(requestedAt))];
}

function statusOf(operation) {
  const { outcome, begun, cancelled, notes, halfDone } = operation;
  if (outcome) return { kind: KINDS[outcome.result] ?? "", word: halfDone ? "half done" : ENDS[outcome.result], now: "" };
  if (!isGuardAlive) {
    return { kind: "bad", word: "at a standstill", now: "The guard was killed: nobody is at work. Start it, and it goes on where it was." };
  }
  if (cancelled) return { kind: "running", word: "stopping", now: `${cancelled.by} has it stop before its next change.` };
  if (!begun) return { kind: "running", word: "asked for", now: "Waits for the guard to begin." };
  const step = notes.at(-1)?.step;
  const next = (operation.operation === "switchover" && NEXT_OF_SWITCHOVER[step]) || NEXT[step] || FIRST[operation.operation];
  return { kind: "running", word: "under way", now: `${next}${progress(operation)}` };
}

/** How far RDS is with what was created. */
function progress({ created }) {
  const tasks = deployments.find(({ id }) => id === created)?.tasks ?? [];
  if (tasks.length === 0) return "";
  const done = tasks.filter(({ status }) => status === "COMPLETED").length;
  return ` ${done} of ${tasks.length} tasks done.`;
}

/** What was done, in order; how it ended is the last of them. */
function stepsOf({ notes, resumed, outcome }) {
  const run = resumed.length;
  const ends = (note) => outcome !== undefined && note.step === outcome.result && note.run === run;
  const all = [
    ...notes.filter((note) => !ends(note)),
    ...resumed.map(({ by, at }) => ({ at, title: "Goes on", text: `${by} had it go on from the saved spec.` })),
  ].toSorted((a, b) => a.at.localeCompare(b.at));
  return outcome ? [...all, { step: outcome.result, at: outcome.at, text: outcome.text }] : all;
}

function step({ step: name, title, at, text }) {
  const kind = HALTS.has(name) ? "halt" : (KINDS[name] ?? "");
  return el(
    "li",
    { class: kind },
    timeElement(Date.parse(at)),
    mark(kind),
    el("div", {}, el("strong", {}, title ?? STEPS[name] ?? name), el("p", {}, coded(text))),
  );
}

function mark(kind) {
  return svg("svg", { class: "mark", viewBox: "0 0 16 16", "aria-hidden": "true" }, svg("path", { d: MARKS[kind] ?? MARKS[""] }));
}

/** The guard puts names in backticks, as Slack shows them. */
const coded = (text) => text.split("`").map((part, index) => (index % 2 === 1 ? el("code", {}, part) : part));

function drawElapsed() {
  for (const { operation, elapsed } of shown.values()) {
    const end = operation.outcome ? Date.parse(operation.outcome.at) : now();
    const words = `${operation.outcome ? "took" : "for"} ${span(end - Date.parse(operation.requestedAt))}`;
    if (elapsed.textContent !== words) elapsed.textContent = words;
  }
}
