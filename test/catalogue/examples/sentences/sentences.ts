import * as words from "../../../../src/messages/language.ts";
import { IN_SLACK } from "../../../../src/messages/slack/form.ts";
import { AT, coded } from "./each.ts";
import { NOT_CARRIED, NOTES, STEPS } from "./plan-words.ts";
import { FINDINGS } from "./readiness.ts";
import { REASONS } from "./reasons.ts";
import { SAYINGS, SHOWING } from "./sayings.ts";

/** What the guard says for a code, as Slack takes it. */
export interface Sentence {
  code: string;
  text: string;
}

const all = <It extends { code: string }>(some: readonly It[], say: (it: It) => string): readonly Sentence[] =>
  some.map((it) => ({ code: it.code, text: say(it) }));

/** The sentences of which messages are made, by what they are about. */
export const SENTENCES: readonly (readonly [string, () => readonly Sentence[]])[] = [
  ["What a check finds", () => all(coded(FINDINGS), (found) => words.findingLine({ result: "unknown", found }, IN_SLACK))],
  ["What a plan says", planned],
  ["What an operation says", () => all(coded(SAYINGS), (it) => words.saidWords(it, IN_SLACK))],
  ["What an operation waits for", () => all(coded(SHOWING), (it) => words.shownWords(it, IN_SLACK))],
  ["What stands for the rest", rest],
  ["What a watch says that sees nothing", blind],
  ["Why something is not done", () => all(coded(REASONS), (it) => words.reasonWords(it, IN_SLACK))],
];

function planned(): readonly Sentence[] {
  return [
    ...all(coded(STEPS), (it) => words.stepText(it, IN_SLACK)),
    ...all(coded(NOTES), (it) => words.noteText(it, IN_SLACK)),
    ...all(coded(NOT_CARRIED), (it) => words.notCarriedText(it, IN_SLACK)),
  ];
}

function rest(): readonly Sentence[] {
  return [
    { code: "STATUS.more", text: words.STATUS.more(2, ["`orders-41`", "`orders-42`"], IN_SLACK) },
    { code: "PLAN.more", text: words.PLAN.more(2, IN_SLACK) },
    { code: "DIGEST.notListed", text: words.DIGEST.notListed(2) },
  ];
}

function blind(): readonly Sentence[] {
  const { again, meanwhile, since, triesAgain } = words.BLINDNESS;
  return [
    { code: "since", text: since("laptop", AT, IN_SLACK) },
    { code: "triesAgain", text: triesAgain },
    { code: "again", text: again("laptop", IN_SLACK) },
    { code: "meanwhile", text: meanwhile(AT, AT, IN_SLACK) },
  ];
}
