import type { CheckResult } from "../../plans/checks.ts";
import type { Form } from "../form.ts";

/** What stands around a plan. */
export const PLAN = {
  recreate: "Delete and recreate",
  switchover: "Switch over",
  checks: "Checks",
  isReady: "Is it ready?",
  howLong: "How long",
  more: (count: number, as: Form): string => `… and ${count} more: ${as.code("npx bluegreen-guard")} shows all of them.`,
  onlyYou: (approvals: 0 | 1): string => {
    const approval = approvals === 1 ? " Another operator has to approve it in the channel before it begins." : "";
    return `Only you see this plan. You can confirm it once, within 30 minutes, and only while nothing has changed.${approval}`;
  },
  passed: (passed: number, of: number): string => `${passed} of ${of} pass.`,
};

/** The results of checks. */
export const CHECK_RESULTS: Readonly<Record<CheckResult, string>> = { pass: "ok", warn: "Warning", fail: "FAIL", unknown: "Unknown" };
