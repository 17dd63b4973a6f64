import { byId, el } from "./dom.js";
import { GROUPS, groupOf, upgradeOf } from "./forms.js";
import { answerIn, post } from "./post.js";

const BEGINS_ANEW = "The lab's day begins anew with the story you choose; what happened until then is gone.";

const followers = [];
const storyList = el("ul", { class: "stories" });
const storySaid = el("output", { class: "said" });
const playingChip = el("span", { class: "chip good", hidden: true });
let shownStories = "";
let shownChoices = "";

/** Draws all forms. */
export function startControls() {
  byId("forms").append(
    el("details", {}, el("summary", {}, "Play a story ", playingChip), el("p", { class: "hint" }, BEGINS_ANEW), storyList, storySaid),
    ...GROUPS.map(({ title, forms }) => el("details", {}, el("summary", {}, title), forms.map(form))),
  );
}

/** Takes the stories and which of them plays. */
export function showStories(stories) {
  if (JSON.stringify(stories) === shownStories) return;
  const isFirst = shownStories === "";
  shownStories = JSON.stringify(stories);
  const { list, playing } = stories;
  if (isFirst) storyList.parentElement.open = playing === undefined;
  playingChip.hidden = playing === undefined;
  playingChip.textContent = playing === undefined ? "" : `now: ${playing}`;
  const play = (name) => async () => answerIn(storySaid, await post("play", { name }));
  storyList.replaceChildren(
    ...list.map(({ name, line }) =>
      el(
        "li",
        {},
        el("p", {}, el("strong", {}, name), name === playing && el("span", { class: "chip good" }, "now"), el("br"), line),
        el("button", { type: "button", "aria-label": `Play ${name}`, onclick: play(name) }, "Play"),
      ),
    ),
  );
}

/** Takes whether the guard runs. */
export function showGuard({ alive }) {
  const chip = byId("guard-state");
  chip.textContent = alive ? "Guard: running" : "Guard: killed";
  chip.className = `chip ${alive ? "good" : "bad"}`;
}

/** Offers what there is now in the forms. */
export function offer({ deployments, clusters, instances }) {
  const alone = instances.filter(({ cluster }) => cluster === undefined);
  const databases = [...clusters, ...instances].map(({ name }) => [name, name]);
  const sources = [...clusters, ...alone];
  const choices = {
    deployments: deployments.map(({ id, name }) => [id, `${name} (${id})`]).reverse(),
    sources: sources.map(({ arn, name, version }) => [arn, `${name}, ${version}`]),
    upgrades: new Map(sources.map((it) => [it.arn, upgradeOf(it)])),
    groups: new Map(sources.map((it) => [it.arn, groupOf(it)])),
    clusterGroups: new Map(clusters.map((it) => [it.arn, groupOf(it)])),
    databases,
    names: [...databases, ...deployments.map(({ id, name }) => [id, name])],
  };
  if (JSON.stringify(choices) === shownChoices) return;
  shownChoices = JSON.stringify(choices);
  for (const follow of followers) follow(choices);
}

function form({ action, title, verb, fields }) {
  const said = el("output", { class: "said" });
  const inputs = fields.map((field) => ({ field, input: inputOf(field, `${action}-${field.name}`) }));
  for (const { field, input } of inputs.filter((it) => it.field.proposes)) {
    propose(field.proposes, input, inputs.find((it) => it.field.name === field.of).input);
  }
  const submit = async (event) => {
    event.preventDefault();
    const answer = await post(action, Object.fromEntries(inputs.map(({ field, input }) => [field.name, valueIn(input)])));
    answerIn(said, answer);
    if (action === "create" && !answer.isRefused) countUp(inputs[0].input);
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

function labelled({ label, type, hint, suggestions, isWide }, input) {
  const list = suggestions && el("datalist", { id: input.getAttribute("list") });
  if (list)
    followers.push((choices) => list.replaceChildren(...choices[suggestions].map(([value, words]) => el("option", { value }, words))));
  if (type === "checkbox") return el("label", { class: "check" }, input, label);
  return el("label", { class: isWide && "wide" }, el("span", {}, label, hint && el("span", { class: "hint" }, ` (${hint})`)), input, list);
}

function inputOf({ choices, options, suggestions, type = "text", value, min, max }, id) {
  if (choices) return follower(choices, id);
  if (options)
    return el(
      "select",
      { id },
      Object.entries(options).map(([name, words]) => el("option", { value: name }, words)),
    );
  if (type === "checkbox") return el("input", { id, type, checked: value });
  return el("input", { id, type, value, min, max, list: suggestions && `${id}-list`, autocomplete: "off", spellcheck: "false" });
}

/** A choice that follows what there is, and keeps what the visitor chose while it is there. */
function follower(name, id) {
  let chosen;
  const choose = () => {
    chosen = select.value;
  };
  const select = el("select", { id, onchange: choose });
  followers.push((choices) => {
    const all = choices[name].length > 0 ? choices[name] : [["", "there is none yet"]];
    select.replaceChildren(...all.map(([value, words]) => el("option", { value }, words)));
    if (all.some(([value]) => value === chosen)) select.value = chosen;
  });
  return select;
}

/** Proposes what fits the chosen database until the visitor writes something else. */
function propose(name, input, database) {
  let proposals = new Map();
  let proposed = input.value;
  const put = () => {
    if (input.value !== proposed) return;
    proposed = proposals.get(database.value) ?? "";
    input.value = proposed;
  };
  database.addEventListener("change", put);
  followers.push((choices) => {
    proposals = choices[name];
    put();
  });
}

function valueIn(input) {
  if (input.type === "checkbox") return input.checked;
  return input.type === "number" && input.value !== "" ? Number(input.value) : input.value;
}

/** The next name is a new one. */
function countUp(input) {
  input.value = input.value.replace(/\d+$/, (number) => String(Number(number) + 1));
}
