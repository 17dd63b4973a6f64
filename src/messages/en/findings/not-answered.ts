import type { CallFailures } from "../../../deployments/call-failures.ts";
import type { Unanswered, Unanswereds } from "../../../plans/answer.ts";
import type { AskedAbout, PreflightFindings } from "../../../plans/preflight/findings.ts";
import { type Form, say, type Words } from "../../form.ts";
import type { FindingText } from "./finding-words.ts";
import { roleWords } from "./permissions.ts";

/** Why a call has no answer. */
export const CALL_FAILURES: Words<CallFailures> = {
  "timed-out": ({ call, seconds }, as) => `${as.text(call, 60)} was not answered within ${seconds} s.`,
  refused: ({ call, error, text }, as) =>
    `${as.text(call, 60)} was refused: ${as.text(`${error}: ${text}`, 400)}${/[.!?]$/.test(text) ? "" : "."}`,
};

const UNANSWERED: Words<Unanswereds> = {
  ...CALL_FAILURES,
  "principal-unknown": () => "It is not known which role or user would create the deployment.",
};

/** Why AWS's answer is not known, as a sentence. */
export const unanswered = (why: Unanswered, as: Form): string => say(UNANSWERED, why, as);

/** That AWS did not answer, and where to look instead. */
export const notAnswered = ({ why, about }: PreflightFindings["not-answered"], as: Form): FindingText => [
  unanswered(why, as),
  lookInstead(about, as),
];

function lookInstead(about: AskedAbout, as: Form): string {
  switch (about.what) {
    case "blue-parameters":
      return "Look at blue's parameter group in the RDS console.";
    case "upgrade":
      return `See with describe-db-engine-versions whether ${as.text(`${about.engine} ${about.from}`, 80)} can be upgraded to ${as.text(about.to, 40)}.`;
    case "group":
      return `Look for ${about.kind} parameter group ${as.code(about.name)} in the RDS console.`;
    case "family":
      return `See that ${as.code(about.group)}, of family ${as.text(about.family, 60)}, fits ${as.text(`${about.engine} ${about.version}`, 80)}.`;
    case "permissions":
      return `Allow ${roleWords(about.role, as)} iam:SimulatePrincipalPolicy on itself, or look at its policies.`;
  }
}
