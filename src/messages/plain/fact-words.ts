import type { FactWords } from "../../facts/bus-fact.ts";
import type { ThreadEntry } from "../../standing/thread-entry.ts";
import * as words from "../language.ts";
import { quotedIn } from "../quoted.ts";
import { sentence, told } from "../sentences.ts";
import { oneLine } from "../text.ts";
import { inPlainText as as } from "./form.ts";

const LONGEST_TITLE = 200;
const LONGEST_TEXT = 1_500;
// The whole text stands beside it.
const LONGEST_QUOTE = 300;

/** A fact in plain words, from the same sentences as its entry in Slack; longer lists are left out. */
export function factWords(entry: ThreadEntry): FactWords {
  const { signal, severity, deployment, reports, richest } = entry;
  const advice = words.advice(entry, as);
  const { title, meaning = words.meaningOf(signal), lines, lists = [] } = advice;
  const what = lines.length > 0 ? lines : lists.flat();
  const text = told(
    deployment ? words.impactIn(advice, deployment) : "",
    ...[meaning, ...what].map((line) => sentence(line.replace(/^• /, ""))),
    quotedIn(entry, as, LONGEST_QUOTE),
    deployment ? "" : words.noDeployment(reports[0]?.sourceIdentifier ?? "", as),
  );
  const name = deployment?.name ?? richest?.sourceIdentifier ?? "";
  return {
    title: oneLine(`${name}: ${title}`, LONGEST_TITLE),
    text: oneLine(text, LONGEST_TEXT),
    severity,
    ...(deployment && { urgency: advice.standsAs?.urgency ?? deployment.urgency, production: deployment.production }),
  };
}
