import { byId, el } from "./dom.js";
import { answerIn, post } from "./post.js";

const who = byId("who");
const said = byId("command-said");
const watchers = [];

/** The id of the person that the visitor is. */
export const visitor = () => who.value;

/** Calls `watcher` when the visitor has become somebody else. */
export const onVisitor = (watcher) => void watchers.push(watcher);

/** Takes who is in the channel. */
export function showPeople(people) {
  if (who.options.length > 0) return;
  who.replaceChildren(...people.map(({ id, name, role }) => el("option", { value: id }, `${name}, ${role}`)));
}

/** Connects the box for commands. */
export function startComposer() {
  who.addEventListener("change", () => {
    for (const watcher of watchers) watcher();
  });
  byId("composer").addEventListener("submit", async (event) => {
    event.preventDefault();
    const input = byId("command");
    const answer = await post("command", { user: visitor(), text: input.value });
    answerIn(said, answer.isRefused ? answer : { text: "" });
    if (!answer.isRefused) input.value = "/bluegreen ";
  });
}

/** Somebody presses a button of a message. */
export async function press(ts, action) {
  const answer = await post("press", { user: visitor(), ts, action });
  answerIn(said, answer.isRefused ? answer : { text: "" });
}
