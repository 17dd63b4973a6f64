import type { Answers } from "../../answers.ts";
import type { Form, Words } from "../../form.ts";
import { sentence } from "../../sentences.ts";
import { forcedWords } from "../operations/forced.ts";
import { reasonWords, saidWords } from "../operations/said.ts";
import { LEAVES, stopsWords } from "../operations/stopping.ts";

type OfCancelling = Pick<
  Answers,
  | "nothing-to-stop"
  | "had-not-begun"
  | "has-ended"
  | "stops"
  | "execution-ended"
  | "perhaps-at-work"
  | "put-aside"
  | "ended-meanwhile"
  | "forced"
>;

/** What came of a wish to stop an operation, or to end it by force. */
/** A typing error must not reassure anybody: what is under way is named. */
export function nothingToStop({ typed, underWay }: OfCancelling["nothing-to-stop"], as: Form): string {
  const what = underWay.length === 0 ? "there is nothing to stop" : `one is under way on ${as.text(underWay.join(", "), 400)}`;
  return `No operation on "${as.text(typed)}" is under way: ${what}.`;
}

export const OF_CANCELLING: Words<OfCancelling> = {
  "nothing-to-stop": (it, as) => nothingToStop(it, as),
  "had-not-begun": ({ leaves }) => `It had not begun, and will not. ${LEAVES[leaves]}`,
  "has-ended": ({ how }, as) => `It has ended: ${saidWords(how, as)}`,
  stops: ({ leaves, isWoken }) => `It ${stopsWords(leaves, isWoken)} The thread of its card says how it ends.`,
  "execution-ended": ({ status }, as) =>
    `It has stopped already without a report: Lambda says ${as.text(status, 60)}. Within five minutes other operations may begin on its database, and the thread says how things stand.`,
  "perhaps-at-work": ({ leaves, text }, as) => {
    const why =
      text === undefined
        ? "Lambda knows of nothing that is running for it."
        : `Lambda did not say whether it is running: ${sentence(as.text(text))}`;
    return `${why} If it is, it ${stopsWords(leaves, false)}`;
  },
  "put-aside": ({ quiet, isReleased }, as) => {
    const begins = quiet
      ? reasonWords(quiet, as)
      : `other operations on its database may begin${isReleased ? "" : " within five minutes"}.`;
    return `The unclear switchover is closed: ${begins} Nothing was changed in RDS.`;
  },
  "ended-meanwhile": () => "It has ended meanwhile: there is nothing left to end.",
  forced: (it, as) => forcedWords(it, as),
};
