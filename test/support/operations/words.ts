import type { Saying } from "../../../src/deployments/coded.ts";
import { reasonWords, saidWords } from "../../../src/messages/en/operations/said.ts";
import { inTerminal } from "../../../src/messages/terminal/form.ts";
import type { Reason } from "../../../src/operations/says/reasons.ts";

/** What a note, an outcome or an execution's output says, as a terminal shows it; empty if it says nothing. */
export function wordsOf({ said, reason }: { said?: Saying; reason?: Reason } = {}): string {
  if (said) return saidWords(said, inTerminal);
  return reason ? reasonWords(reason, inTerminal) : "";
}

/** A request, an outcome or an execution's output with what it says in words, as `text`. */
export function inWords(it: object | undefined): object | undefined {
  if (!it) return undefined;
  const { said, reason, outcome, ...rest } = it as { said?: Saying; reason?: Reason; outcome?: unknown };
  const text = said || reason ? { text: wordsOf({ ...(said && { said }), ...(reason && { reason }) }) } : {};
  return { ...rest, ...text, ...(outcome !== undefined && { outcome: typeof outcome === "object" ? inWords(outcome ?? {}) : outcome }) };
}
