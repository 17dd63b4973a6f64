import type { ActionAnswer } from "../views.ts";
import { el } from "./dom.ts";

/** The result of something that the visitor asked for. */
export interface Outcome {
  isRefused: boolean;
  text: string;
}

/** Asks the lab to do something; returns what it said, and whether it refused. */
export async function post(action: string, input: Readonly<Record<string, unknown>> = {}): Promise<Outcome> {
  try {
    const response = await fetch(`do/${action}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(input),
    });
    const answer = (await response.json()) as ActionAnswer;
    return { isRefused: !response.ok, text: "said" in answer ? answer.said : answer.error };
  } catch {
    return { isRefused: true, text: "The lab does not answer: is it still running?" };
  }
}

/** The same where it was refused; what was done shows by itself. */
export const onlyRefusal = (outcome: Outcome): Outcome => (outcome.isRefused ? outcome : { isRefused: false, text: "" });

/** Shows an answer where it was asked for. */
export function answerIn(output: HTMLElement, { isRefused, text }: Outcome): void {
  output.classList.toggle("refused", isRefused);
  output.replaceChildren(el("span", {}, isRefused ? `Not done. ${text}` : text));
}
