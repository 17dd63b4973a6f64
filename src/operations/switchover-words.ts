import type { OperationRequest, OperationResult } from "./request.ts";
import type { SideBefore } from "./switchover-plan.ts";

const called = ({ deploymentName, deploymentId }: OperationRequest): string => `${deploymentName} (${deploymentId})`;

/** What is about to be done, and who wants it. */
export function startedSwitchoverWords(request: OperationRequest): string {
  return `Asked for by ${request.requestedBy}: ${called(request)} is switched over, at most once, within ${request.timeoutSeconds} s.`;
}

/** How it ended, what that means, and what a person has to do. */
export function switchoverWords(request: OperationRequest, result: OperationResult, reason = ""): string {
  const why = sentence(reason);
  if (result === "done") return `${called(request)} was switched over. ${differing(request)}`.trim();
  if (result === "failed")
    return `The switchover of ${called(request)} failed. ${why} See whether blue accepts writes, before anything else.`;
  if (result === "unclear") {
    return (
      `How the switchover of ${called(request)} ended is unclear. ${why} ` +
      "Look in the RDS console which side has blue's name and accepts writes. Nothing else is done on this database until a person has decided: " +
      `npx bluegreen-guard cancel ${request.deploymentName}`
    );
  }
  const nothing = "Nothing has changed: blue is production, and accepts writes.";
  if (result === "cancelled" && request.attemptedAt !== undefined)
    return `RDS cancelled the switchover of ${called(request)}: ${why} ${nothing}`;
  return `${why} Nothing was changed.`.trim();
}

/** What of blue's own settings new blue does not have. */
function differing({ before }: OperationRequest): string {
  if (!before) return "";
  const lines = [
    differs("deletion protection", onOff(before.source), onOff(before.target)),
    differs("backup retention", days(before.source), days(before.target)),
  ].filter((line) => line !== undefined);
  return lines.length > 0 ? `New blue differs from old blue: ${lines.join("; ")}.` : "";
}

const onOff = ({ deletionProtection }: SideBefore) => (deletionProtection === undefined ? undefined : deletionProtection ? "on" : "off");
const days = ({ backupRetentionPeriod }: SideBefore) => (backupRetentionPeriod === undefined ? undefined : `${backupRetentionPeriod} days`);

function differs(what: string, before: string | undefined, after: string | undefined): string | undefined {
  return before === undefined || after === undefined || before === after ? undefined : `${what} is ${after}, was ${before}`;
}

const sentence = (text: string): string => (text.trim() === "" || /[.!?]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`);
