import { el } from "./dom.ts";
import type { Field, Form } from "./forms.ts";
import { type Choices, type Lists, onOffer, type Proposals } from "./offers.ts";
import { answerIn, post } from "./post.ts";

type Input = HTMLInputElement | HTMLSelectElement;

/** The form of an action; what the lab answers is shown below it. */
export function form({ action, title, verb, fields }: Form): HTMLFormElement {
  const said = el("output", { class: "said" });
  const inputs = fields.map((field) => ({ field, input: inputOf(field, `${action}-${field.name}`) }));
  for (const { field, input } of inputs) {
    const database = inputs.find((it) => it.field.name === field.of)?.input;
    if (field.proposes && database) propose(field.proposes, input, database);
  }
  const submit = async (event: Event) => {
    event.preventDefault();
    const answer = await post(action, Object.fromEntries(inputs.map(({ field, input }) => [field.name, valueIn(input)])));
    answerIn(said, answer);
    if (action === "create" && !answer.isRefused) countUp(inputs);
  };
  return el(
    "form",
    { class: "do", onsubmit: submit, "aria-label": title },
    el("h3", {}, title),
    inputs.map(({ field, input }) => labelled(field, input)),
    el("button", { type: "submit", "aria-label": `${verb}: ${title}` }, verb),
    said,
  );
}

function labelled({ label, type, suggestions, isWide }: Field, input: Input): HTMLElement {
  if (type === "checkbox") return el("label", { class: "check" }, input, label);
  const list = suggestions && el("datalist", { id: listOf(input.id) });
  if (list) onOffer((offer) => list.replaceChildren(...optionsOf(offer[suggestions])));
  return el("label", { class: isWide && "wide" }, el("span", {}, label), input, list);
}

function inputOf({ choices, options, suggestions, type, value, min, max }: Field, id: string): Input {
  if (choices) return follower(choices, id);
  if (options) return el("select", { id }, optionsOf(Object.entries(options)));
  if (type === "checkbox") return el("input", { id, type, checked: value });
  const list = suggestions && listOf(id);
  return el("input", { id, type: type ?? "text", value, min, max, list, autocomplete: "off", spellcheck: "false" });
}

const listOf = (id: string): string => `${id}-list`;

function optionsOf(choices: Choices): HTMLOptionElement[] {
  return choices.map(([value, words]) => el("option", { value }, words));
}

/** A choice that follows what there is, and keeps what the visitor chose while it is there. */
function follower(name: keyof Lists, id: string): HTMLSelectElement {
  let chosen: string | undefined;
  const choose = () => {
    chosen = select.value;
  };
  const select = el("select", { id, onchange: choose });
  onOffer(({ [name]: choices }) => {
    select.replaceChildren(...optionsOf(choices.length > 0 ? choices : [["", "there is none yet"]]));
    const kept = choices.find(([value]) => value === chosen);
    if (kept) select.value = kept[0];
  });
  return select;
}

/** Proposes what fits the chosen database until the visitor writes something else. */
function propose(name: keyof Proposals, input: Input, database: Input): void {
  let proposals: ReadonlyMap<string, string> = new Map();
  let proposed = input.value;
  const put = () => {
    if (input.value !== proposed) return;
    proposed = proposals.get(database.value) ?? "";
    input.value = proposed;
  };
  database.addEventListener("change", put);
  onOffer((offer) => {
    proposals = offer[name];
    put();
  });
}

function valueIn(input: Input): string | number | boolean {
  if (input instanceof HTMLInputElement && input.type === "checkbox") return input.checked;
  return input.type === "number" && input.value !== "" ? Number(input.value) : input.value;
}

/** The next deployment gets a new name. */
function countUp(inputs: readonly { field: Field; input: Input }[]): void {
  const name = inputs.find(({ field }) => field.name === "name")?.input;
  if (name) name.value = name.value.replace(/\d+$/, (number) => String(Number(number) + 1));
}
