import type { StateView } from "../views.ts";
import { byId, el } from "./dom.ts";
import { answerIn, onlyRefusal, post } from "./post.ts";

const who = byId("who", HTMLSelectElement);
const said = byId("command-said");
const watchers: (() => void)[] = [];

/** The id of the person that the visitor is. */
export const visitor = (): string => who.value;

/** Calls `watcher` when the visitor has become another person. */
export const onVisitor = (watcher: () => void): void => void watchers.push(watcher);

/** Takes who is in the channel. */
export function showPeople(people: StateView["people"]): void {
  if (who.options.length > 0) return;
  who.replaceChildren(...people.map(({ id, name, role }) => el("option", { value: id }, `${name}, ${role}`)));
}

/** Connects the box for commands. */
export function startComposer(): void {
  who.addEventListener("change", () => {
    for (const watcher of watchers) watcher();
  });
  byId("composer").addEventListener("submit", async (event) => {
    event.preventDefault();
    const input = byId("command", HTMLInputElement);
    const answer = await post("command", { user: visitor(), text: input.value });
    answerIn(said, onlyRefusal(answer));
    if (!answer.isRefused) input.value = "/bluegreen ";
  });
}

/** Somebody presses a button of a message. */
export async function press(ts: string, action: string): Promise<void> {
  answerIn(said, onlyRefusal(await post("press", { user: visitor(), ts, action })));
}
