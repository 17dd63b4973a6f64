import type { Form } from "../../../../src/messages/form.ts";
import * as words from "../../../../src/messages/language.ts";
import { AT, coded } from "./each.ts";
import { NOT_CARRIED, NOTES, STEPS } from "./plan-words.ts";
import { FINDINGS } from "./readiness.ts";
import { REASONS } from "./reasons.ts";
import { SAYINGS, SHOWING } from "./sayings.ts";

/** What the guard says for a code. */
export interface Sentence {
  code: string;
  text: string;
}

const all = <It extends { code: string }>(some: readonly It[], say: (it: It) => string): readonly Sentence[] =>
  some.map((it) => ({ code: it.code, text: say(it) }));

/** The sentences of which messages are made, by what they are about, for one form. */
export const SENTENCES: readonly (readonly [string, (as: Form) => readonly Sentence[]])[] = [
  ["What a check finds", (as) => all(coded(FINDINGS), (found) => words.findingLine({ result: "unknown", found }, as))],
  ["What a plan says", planned],
  ["What an operation says", (as) => all(coded(SAYINGS), (it) => words.saidWords(it, as))],
  ["What an operation waits for", (as) => all(coded(SHOWING), (it) => words.shownWords(it, as))],
  ["What stands for the rest", rest],
  ["What a watch says that sees nothing", blind],
  ["Why something is not done", (as) => all(coded(REASONS), (it) => words.reasonWords(it, as))],
];

function planned(as: Form): readonly Sentence[] {
  return [
    ...all(coded(STEPS), (it) => words.stepText(it, as)),
    ...all(coded(NOTES), (it) => words.noteText(it, as)),
    ...all(coded(NOT_CARRIED), (it) => words.notCarriedText(it, as)),
  ];
}

function rest(as: Form): readonly Sentence[] {
  return [
    { code: "STATUS.more", text: words.STATUS.more(2, ["`orders-41`", "`orders-42`"], as) },
    { code: "PLAN.more", text: words.PLAN.more(2, as) },
    { code: "DIGEST.notListed", text: words.DIGEST.notListed(2) },
  ];
}

function blind(as: Form): readonly Sentence[] {
  const { again, meanwhile, since, triesAgain } = words.BLINDNESS;
  return [
    { code: "since", text: since("laptop", AT, as) },
    { code: "triesAgain", text: triesAgain },
    { code: "again", text: again("laptop", as) },
    { code: "meanwhile", text: meanwhile(AT, AT, as) },
  ];
}
