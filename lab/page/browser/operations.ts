import type { DatabasesView } from "../databases.ts";
import type { OperationView } from "../operations.ts";
import type { StateView } from "../views.ts";
import { now, span } from "./clock.ts";
import { byId, type Child, el, timeElement } from "./dom.ts";
import { type Surroundings, statusOf } from "./operation-status.ts";
import { stepsOf } from "./operation-steps.ts";
import { answerIn, post } from "./post.ts";

/** An operation as it is drawn: the parts stay, so that whoever reads or presses one of them keeps their place. */
interface Panel {
  operation: OperationView;
  /** What it was drawn from. */
  looks: string;
  readonly element: HTMLElement;
  readonly parts: ReturnType<typeof newParts>;
}

const VERBS: Readonly<Record<OperationView["operation"], string>> = { recreate: "Recreate", switchover: "Switch over" };
const REDRAW_MS = 1_000;

const list = byId("operation-list");
const panels = new Map<string, Panel>();
const around: Surroundings = { isGuardAlive: true, deployments: [] };
let operations: readonly OperationView[] = [];

setInterval(drawElapsed, REDRAW_MS);

/** Takes all operations, in the order in which they were asked for. */
export function showOperations(all: readonly OperationView[]): void {
  operations = all;
  const ids = new Set(all.map(({ requestId }) => requestId));
  for (const [id, { element }] of [...panels].filter(([id]) => !ids.has(id))) {
    element.remove();
    panels.delete(id);
  }
  for (const operation of all) put(operation);
  byId("operations").classList.toggle("none", all.length === 0);
  byId("no-operations").hidden = all.length > 0;
}

/** Takes whether somebody is there who works on them. */
export function guardIs({ alive }: StateView["guard"]): void {
  around.isGuardAlive = alive;
  showOperations(operations);
}

/** Takes what RDS says: how far a new deployment is. */
export function deploymentsAre({ deployments }: DatabasesView): void {
  around.deployments = deployments;
  showOperations(operations);
}

function put(operation: OperationView): void {
  const panel = panels.get(operation.requestId) ?? add(operation);
  panel.operation = operation;
  const status = statusOf(operation, around);
  const looks = JSON.stringify([operation, status]);
  if (panel.looks === looks) return;
  panel.looks = looks;
  panel.element.className = `operation ${status.kind}`;
  const { name, chip, now, steps, start, stop, goOn } = panel.parts;
  name.textContent = operation.newName === undefined ? "" : `as ${operation.newName} `;
  chip.className = `chip ${status.kind === "running" ? "" : status.kind}`;
  chip.textContent = status.word;
  if (now.textContent !== status.now) now.textContent = status.now;
  now.hidden = status.now === "";
  steps.replaceChildren(...stepsOf(operation));
  start.hidden = operation.outcome !== undefined || around.isGuardAlive;
  const isAsked = operation.notes.some((note) => note.step === "switching");
  stop.hidden = operation.outcome !== undefined || operation.cancelled !== undefined || isAsked;
  goOn.hidden = !operation.halfDone;
  drawElapsed();
}

function add(operation: OperationView): Panel {
  const { requestId, operation: name, deploymentName, deploymentId } = operation;
  const title = `operation-${requestId}`;
  const parts = newParts(requestId);
  const element = el(
    "article",
    { "aria-labelledby": title },
    el("h3", { id: title }, `${VERBS[name]} ${deploymentName} `, parts.name, parts.chip),
    el("p", { class: "hint" }, el("code", {}, deploymentId), " · ", askerOf(operation), " · ", parts.elapsed),
    parts.steps,
    parts.now,
    el("p", { class: "row" }, parts.start, parts.stop, parts.goOn, parts.said),
  );
  const panel: Panel = { operation, looks: "", element, parts };
  list.prepend(element);
  panels.set(requestId, panel);
  return panel;
}

function newParts(requestId: string) {
  const said = el("output", { class: "said" });
  const button = (action: string, words: string) =>
    el("button", { type: "button", hidden: true, onclick: async () => answerIn(said, await post(action, { request: requestId })) }, words);
  return {
    said,
    name: el("span"),
    chip: el("span", { class: "chip" }),
    elapsed: el("span"),
    steps: el("ol", { class: "steps" }),
    now: el("p", { class: "now", role: "status" }),
    stop: button("cancel-operation", "Stop it before its next change"),
    start: button("start-guard", "Start the guard again"),
    goOn: button("resume-operation", "Go on from the saved spec"),
  };
}

const PLACES: Readonly<Record<OperationView["via"], string>> = { terminal: " at a terminal", slack: " in Slack", policy: "" };

function askerOf({ via, requestedBy, requestedAt }: OperationView): readonly Child[] {
  const who = via === "policy" ? "the policy" : requestedBy.replace(/^arn:.*:/, "");
  return ["asked for by ", el("span", { title: requestedBy }, who), `${PLACES[via]} at `, timeElement(Date.parse(requestedAt))];
}

function drawElapsed(): void {
  for (const { operation, parts } of panels.values()) {
    const end = operation.outcome ? Date.parse(operation.outcome.at) : now();
    const words = `${operation.outcome ? "took" : "for"} ${span(end - Date.parse(operation.requestedAt))}`;
    if (parts.elapsed.textContent !== words) parts.elapsed.textContent = words;
  }
}
