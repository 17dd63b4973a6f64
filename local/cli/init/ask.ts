import type { Readable, Writable } from "node:stream";
import { isCancel, text } from "@clack/prompts";
import { type Given, givenAsText, problemOf, type SettingName } from "../../../src/settings/given.ts";
import { write } from "../../../src/settings/kinds.ts";

/** Where the prompts are read and shown; the terminal if omitted. */
export interface PromptStreams {
  input?: Readable;
  output?: Writable;
}

const QUESTIONS: readonly { name: SettingName; message: string; placeholder: string }[] = [
  { name: "slackChannel", message: "Slack channel: its id, at the end of the channel's details", placeholder: "C0123456789" },
  {
    name: "slackSecret",
    message: 'Secret with the Slack app\'s token: its name or ARN, or "create" for one that you fill after the deploy',
    placeholder: "bluegreen-guard/slack",
  },
  {
    name: "operators",
    message: 'Who may have something changed: ids of Slack users and user groups, with commas between, or "none"',
    placeholder: "U0123456789,S0123456789",
  },
  { name: "alarmEmail", message: 'Who gets the guard\'s alarms: an e-mail address, or "none"', placeholder: "oncall@example.com" },
];

/**
 * Asks a person for what the settings of a stack have to state, with what is already known as the answer to accept.
 *
 * Returns undefined if the person leaves.
 *
 * @param given what nobody needs to be asked for.
 */
export async function askFor(known: Given, given: Given, streams: PromptStreams = {}): Promise<Given | undefined> {
  const answers: [SettingName, unknown][] = [];
  for (const { name, message, placeholder } of QUESTIONS) {
    const isGiven = given[name] !== undefined || (name === "alarmEmail" && (given.alarmTopic ?? known.alarmTopic) !== undefined);
    if (isGiven) continue;
    const initialValue = known[name] === undefined ? undefined : write(known[name]);
    const validate = (answer = "") => problemOf(name, givenAsText(name, answer.trim()));
    const answer = await untilEnd(streams.input ?? process.stdin, (signal) =>
      text({ message, placeholder, initialValue, validate, signal, ...streams }),
    );
    if (isCancel(answer)) return undefined;
    answers.push([name, givenAsText(name, answer.trim())]);
  }
  return Object.fromEntries(answers);
}

/** Ends a prompt with its input, by Ctrl-D too: the prompt itself does not notice that its input is paused then, and would never end. */
async function untilEnd<T>(input: Readable, prompt: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  let isOver = false;
  // A prompt that has its answer pauses the input as well.
  const leave = () => void setImmediate(() => isOver || controller.abort());
  input.once("pause", leave);
  try {
    return await prompt(controller.signal);
  } finally {
    isOver = true;
    input.off("pause", leave);
  }
}
