import { rdsName } from "../../../deployments/arn.ts";
import type { OfPlans } from "../../../operations/says/reasons.ts";
import { terminalCommand } from "../../../plans/command-lines.ts";
import { ASKED_FIELDS, askedOptions } from "../../../plans/spec/asked-fields.ts";
import type { Words } from "../../form.ts";
import type { Telling } from "../../telling.ts";
import { findingIn, findingInLine } from "../findings/findings.ts";
import { FIELD_WORDS, missingFields } from "../missing-fields.ts";
import { notDeleted } from "../not-deleted.ts";

type Checks = OfPlans["checks"]["checks"];

const whole = (checks: Checks, as: Telling): string =>
  checks.map((it) => (as.advises ? findingInLine(it, as) : findingIn(it, as)[0])).join(" ");

const THERE_IS_NOTHING_TO = { recreate: "recreate", switchover: "switch over" };

/** The command at a terminal that gives them. */
export const commandWithFields = ({ name, asked, missing }: OfPlans["fields-missing"]): string =>
  `${terminalCommand("recreate", name)} ${askedOptions(asked, missing)}`;

/** Why something cannot be planned, or is not done as planned. */
export const OF_PLANS: Words<OfPlans, Telling> = {
  checks: ({ checks }, as) => whole(checks, as),
  "checks-found": ({ checks }, as) => checks.map((it) => findingIn(it, as)[0]).join(" "),
  "checks-forbid-creation": ({ checks }, as) => `It may not be created again: ${whole(checks, as)}`,
  "checks-forbid-switchover": ({ checks }, as) => `It is not ready: ${whole(checks, as)}`,
  "green-stays": ({ why }, as) => notDeleted(why, as),
  "not-listed": ({ operation }) => `RDS does not list the deployment: there is nothing to ${THERE_IS_NOTHING_TO[operation]}.`,
  "not-listed-once": () => "RDS does not list the deployment: the guard looks again.",
  "no-cluster-group": ({ blue }, as) => `Blue is the instance ${as.code(blue, 90)}, which takes no cluster parameter group.`,
  "fields-missing": (it, as) =>
    [
      ...missingFields(it.missing, as),
      ...(as.advises ? [`Give what is missing at a terminal: ${as.code(commandWithFields(it), 255)}`] : []),
    ].join(" "),
  "begun-otherwise": ({ fields }, as) => {
    const words = fields.map(({ field, begun }) => `${FIELD_WORDS[field]} ${begun ? as.text(begun) : "as green has it"}`).join(", ");
    const options = fields.map(({ field }) => `--${ASKED_FIELDS[field].option}`).join(" and ");
    return `It was begun with ${words}, which cannot be changed any more. To go on with it as it is, leave out ${options}.`;
  },
  "blue-not-known": ({ arn }, as) => `RDS does not know blue, ${as.code(rdsName(arn).name)}: there is nothing to create green from.`,
  "plan-outdated": () => "The deployment has changed since the plan was confirmed. Look at the new plan, and confirm that one.",
  gone: () => "The deployment is gone: somebody has deleted it.",
};
