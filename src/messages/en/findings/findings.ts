import type { Finding } from "../../../plans/checks.ts";
import type { Findings } from "../../../plans/findings.ts";
import { told } from "../../sentences.ts";
import type { Telling } from "../../telling.ts";
import type { FindingText, FindingWords } from "./finding-words.ts";
import { PREFLIGHT_FINDINGS } from "./preflight.ts";
import { READINESS_FINDINGS } from "./readiness.ts";

const FINDINGS: FindingWords<Findings> = {
  ...PREFLIGHT_FINDINGS,
  ...READINESS_FINDINGS,
  "in-global-database": ({ name, not }, as) => [
    `Blue is in the Aurora Global Database ${as.code(name)}: the guard does not ${NOT[not]}, since it has no rights in the other Regions and does not see them.`,
    "Do it in the RDS console, or with the AWS CLI.",
  ],
};

const NOT: Record<Findings["in-global-database"]["not"], string> = {
  "switch-over": "switch it over",
  recreate: "recreate its deployment",
};

/** What a check found and, unless it passed, what to do. */
export function findingIn({ found }: Finding, as: Telling): FindingText {
  const words = FINDINGS[found.code] as (it: typeof found, as: Telling) => FindingText;
  return words(found, as);
}

/** The same in one line. */
export const findingInLine = (finding: Finding, as: Telling): string => told(...findingIn(finding, as).map((it) => it ?? ""));
