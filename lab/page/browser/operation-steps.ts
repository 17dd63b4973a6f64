import type { OperationView } from "../operations.ts";
import { el, svg, timeElement } from "./dom.ts";

type Step = OperationView["notes"][number]["step"];
type Result = NonNullable<OperationView["outcome"]>["result"];
/** Something that was done, or how all of it ended. */
interface Done {
  kind: "good" | "bad" | "halt" | "";
  title: string;
  at: string;
  text: string;
}

const STEPS: Readonly<Record<Step, string>> = {
  late: "Not begun in time",
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
  partly: "Partly done",
  failed: "Failed",
  refused: "Refused",
  cancelled: "Stopped",
  unclear: "Unclear",
};
const HALTS: ReadonlySet<Step> = new Set<Step>(["late", "asking", "refused", "cancelled", "waiting", "stuck"]);
const MARKS = { good: "M3 8.500l3.500 3.500L13 4.500", bad: "M4 4l8 8M12 4l-8 8", halt: "M3 8h10", "": "M3 8.500l3.500 3.500L13 4.500" };

/** How good it is that an operation ended so; a step before its end is neither good nor bad. */
export function kindOf(step: Step): "good" | "bad" | "" {
  if (step === "done") return "good";
  return step === "failed" || step === "partly" || step === "unclear" ? "bad" : "";
}

/** What was done, in order; how it ended is the last of them. */
export function stepsOf({ notes, resumed, outcome }: OperationView): HTMLElement[] {
  const run = resumed.length;
  const ends = (note: OperationView["notes"][number]) => outcome !== undefined && note.step === outcome.result && note.run === run;
  const all: Done[] = [
    ...notes.filter((note) => !ends(note)).map((note) => stepDone(note.step, note)),
    ...resumed.map(({ by, at }) => ({ kind: "" as const, at, title: "Goes on", text: `${by} had it go on with the saved settings.` })),
  ];
  all.sort((a, b) => a.at.localeCompare(b.at));
  return (outcome ? [...all, stepDone(outcome.result, outcome)] : all).map(line);
}

function stepDone(step: Step | Result, { at, text }: { at: string; text: string }): Done {
  return { kind: HALTS.has(step) ? "halt" : kindOf(step), title: STEPS[step], at, text };
}

function line({ kind, title, at, text }: Done): HTMLElement {
  return el(
    "li",
    { class: kind },
    timeElement(Date.parse(at)),
    svg("svg", { class: "mark", viewBox: "0 0 16 16", "aria-hidden": "true" }, svg("path", { d: MARKS[kind] })),
    el("div", {}, el("strong", {}, title), el("p", {}, coded(text))),
  );
}

/** The guard puts names in backticks, as Slack shows them. */
function coded(text: string): (HTMLElement | string)[] {
  return text.split("`").map((part, index) => (index % 2 === 1 ? el("code", {}, part) : part));
}
