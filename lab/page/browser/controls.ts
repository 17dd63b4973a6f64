import type { StateView, StoriesView } from "../views.ts";
import { byId, el } from "./dom.ts";
import { form } from "./form.ts";
import { GROUPS } from "./forms.ts";
import { answerIn, post } from "./post.ts";

const BEGINS_ANEW = "The lab's day begins anew with the story you choose; what happened until then is gone.";

const storyList = el("ul", { class: "stories" });
const storySaid = el("output", { class: "said" });
const playingChip = el("span", { class: "chip good", hidden: true });
const storyBox = el(
  "details",
  {},
  el("summary", {}, "Play a story ", playingChip),
  el("p", { class: "hint" }, BEGINS_ANEW),
  storyList,
  storySaid,
);
let shownStories = "";

/** Draws all forms. */
export function startControls(): void {
  byId("forms").append(storyBox, ...GROUPS.map(({ title, forms }) => el("details", {}, el("summary", {}, title), forms.map(form))));
}

/** Takes the stories and which of them plays. */
export function showStories(stories: StoriesView): void {
  if (JSON.stringify(stories) === shownStories) return;
  const isFirst = shownStories === "";
  shownStories = JSON.stringify(stories);
  const { list, playing } = stories;
  if (isFirst) storyBox.open = playing === undefined;
  playingChip.hidden = playing === undefined;
  playingChip.textContent = playing === undefined ? "" : `now: ${playing}`;
  const play = (name: string) => async () => answerIn(storySaid, await post("play", { name }));
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
export function showGuard({ alive }: StateView["guard"]): void {
  const chip = byId("guard-state");
  chip.textContent = alive ? "Guard: running" : "Guard: killed";
  chip.className = `chip ${alive ? "good" : "bad"}`;
}
