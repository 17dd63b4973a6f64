import type { SlackError } from "../../clients/slack/failure.ts";

/** A call that a function makes to test itself. */
export interface Ask {
  /** What is asked, as a phrase with AWS's or Slack's own words. */
  what: string;
  /** Makes the call; answers what came, in few words. @throws Error if it is not as the guard needs it, Unsure if that is not known */
  ask(): Promise<string>;
}

/** Thrown by a call whose answer leaves open whether it is as the guard needs it. */
export class Unsure extends Error {
  override readonly name = "Unsure";
}

/** What came of one call. */
export interface Asked {
  what: string;
  result: "answered" | "refused" | "unsure";
  came: string;
  /** How long it took, in milliseconds. */
  ms: number;
}

/** What a function says of its own calls. */
export interface SelfTestAnswer {
  selfTest: string;
  asked: Asked[];
}

/** Makes the calls one after the other; what fails is an answer, too. */
export async function askAll(asks: readonly Ask[], now: () => number): Promise<Asked[]> {
  const all: Asked[] = [];
  for (const { what, ask } of asks) {
    const began = now();
    const said = await ask().then((came) => ({ result: "answered", came }) as const, failureOf);
    all.push({ what, ...said, ms: Math.round(now() - began) });
  }
  return all;
}

/** What Slack, or who keeps its secret, may do later says nothing of whether the guard can do it. */
const failureOf = (error: unknown) => {
  if (error instanceof Unsure) return { result: "unsure", came: error.message } as const;
  const isLater = isSlackError(error) && error.kind === "later";
  return { result: isLater ? "unsure" : "refused", came: wordsOf(error).replace(/ It is tried again\.$/, "") } as const;
};

/** True for what Slack's client throws, of which nothing here has code. */
export const isSlackError = (error: unknown): error is SlackError => error instanceof Error && error.name === "SlackError";

const wordsOf = (error: unknown): string => (error instanceof Error ? `${error.name}: ${error.message}` : String(error));
