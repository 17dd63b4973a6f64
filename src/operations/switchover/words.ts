import type { OperationResult } from "../operation.ts";
import type { OperationRequest } from "../request.ts";
import { askedByWords, called, sentence, told } from "../words.ts";
import type { Attempted } from "./steps.ts";

/** What is about to be done, and who wants it. */
export function startedSwitchoverWords(request: OperationRequest): string {
  return `${askedByWords(request)}: ${called(request)} is switched over, at most once, within ${request.timeoutSeconds} s.`;
}

/** That RDS was asked, and whether it is known to have begun. */
export function attemptedWords(attempted: Attempted): string {
  if (attempted === "unsure")
    return "RDS was asked, and its answer was lost: what becomes of it is read from its status and events. It is not asked again.";
  return "RDS has begun: it refuses writes for a part of the time that this takes.";
}

/** How it ended, what that means, and what a person has to do. */
export function switchoverWords(request: OperationRequest, result: OperationResult, reason = ""): string {
  const why = sentence(reason);
  const name = called(request);
  if (result === "done") return told(`${name} was switched over.`, done(request), why);
  if (result === "partly") {
    return told(
      `RDS has switched over a part of ${name}.`,
      why,
      "Point what reads from the names that were not switched over at a database that was. Delete nothing, blue or green, before no name leads to it.",
    );
  }
  if (result === "failed") return told(`The switchover of ${name} failed.`, why, "See whether blue accepts writes, before anything else.");
  if (result === "unclear") {
    return told(
      `How the switchover of ${name} ended is unclear.`,
      why,
      "Look in the RDS console which side has blue's name and accepts writes. Nothing else is done on this database until a person has decided: " +
        `npx bluegreen-guard cancel ${request.deploymentName}`,
    );
  }
  if (result !== "cancelled" || request.attemptedAt === undefined) return told(why, "Nothing was changed.");
  const said = why === "" ? "RDS does not say why." : why;
  return `RDS cancelled the switchover of ${name}: ${said} Nothing has changed: blue is production, and accepts writes.`;
}

/** What became of the names; everything else is in the report. */
function done({ before }: OperationRequest): string {
  if (!before) return "";
  const { source, target } = before;
  const versions = [source.engineVersion, target.engineVersion].filter((it) => it !== undefined);
  const from = versions.length === 2 ? `, engine version ${versions.join(" → ")}` : "";
  return `${target.name} is called ${source.name} now${from}.`;
}
