import { el } from "./dom.js";

/** Asks the lab to do something; answers with what it said, and whether it was refused. */
export async function post(action, input = {}) {
  try {
    const response = await fetch(`do/${action}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(input),
    });
    const { said, error } = await response.json();
    return { isRefused: !response.ok, text: said ?? error };
  } catch {
    return { isRefused: true, text: "The lab does not answer: is it still running?" };
  }
}

/** Shows an answer where it was asked for. */
export function answerIn(output, { isRefused, text }) {
  output.classList.toggle("refused", isRefused);
  output.replaceChildren(el("span", {}, isRefused ? `Not done. ${text}` : text));
}
