import { rdsName } from "../../deployments/arn.ts";
import { terminalCommand } from "../../plans/command-lines.ts";
import type { OperationResult } from "../operation.ts";
import type { OperationRequest, RecreateIntent } from "../request.ts";
import { askedByWords, called, sentence, told } from "../words.ts";

/** What the policy is about to do, and how to hold it. */
export function announcementWords(request: OperationRequest, settleMinutes: number): string {
  return (
    `The guard will delete ${called(request)} with everything green and create it again, ` +
    `once no DDL was seen on blue for ${settleMinutes} minutes. RDS may report only the first DDL: stop what runs it. ` +
    `Hold it with: ${terminalCommand("cancel", request.deploymentName)}`
  );
}

/** Why the policy does not go on automatically, and what a person can do. */
export function askingWords(request: OperationRequest, doubt: string): string {
  return `The guard does not recreate ${called(request)} by itself. ${doubt} See the plan and decide: ${terminalCommand("recreate", request.deploymentName)}`;
}

/** What is about to be done, and who wants it. */
export function startedWords(request: OperationRequest, { greens, create, protectedGreens }: RecreateIntent): string {
  const names = greens.map((arn) => rdsName(arn).name).join(", ");
  // It goes on after the deletion: there is nothing left to delete.
  if (request.deletedAt !== undefined)
    return `${askedByWords(request)}: ${called(request)} is gone with green, and is created again as ${create.BlueGreenDeploymentName} from the saved spec.`;
  const protection = protectedGreens.length > 0 ? ` Deletion protection of green is turned off first.` : "";
  return `${askedByWords(request)}: ${called(request)} is deleted with green (${names}), then created again as ${create.BlueGreenDeploymentName}.${protection}`;
}

/** That nothing moves, and how to stop waiting. */
export function stuckWords({ deploymentName }: OperationRequest, hours: number, shows: string): string {
  return `Nothing has moved for ${hours === 1 ? "an hour" : `${hours} hours`} (${shows}). It is waited for on; to give it up: ${terminalCommand("cancel", deploymentName)}`;
}

/** What is there of a recreation that asked RDS for its deletion, and whose new deployment RDS has not named: lost answers hide much. */
export function leftWords(request: OperationRequest): string {
  const { greenStays, deletedAt, creationBegunAt, intent, deploymentName } = request;
  if (deletedAt === undefined) return `RDS has not said that it deletes ${called(request)}: see whether it is there.`;
  const isDeleted = `${called(request)} is deleted${greenStays ? "" : " with green"}`;
  if (creationBegunAt === undefined) return `${isDeleted}, and NOTHING was created in its place.`;
  const newName = intent?.create.BlueGreenDeploymentName ?? deploymentName;
  return `${isDeleted}. Whether RDS has begun to create ${newName} is not known: see whether it is there.`;
}

/** How it ended: at which step, what exists now, and how to go on. */
export function outcomeWords(request: OperationRequest, result: OperationResult, reason = ""): string {
  const { deletionBegunAt, deletionRefused, deletedAt, unprotectBegunAt, created, intent, deploymentName } = request;
  const newName = intent?.create.BlueGreenDeploymentName ?? deploymentName;
  if (result === "done")
    return `${called(request)} was created again as ${newName} (${created}): green ${reason ? `was ready. ${reason}` : "is ready."}`;
  const why = sentence(reason);
  if (request.standsIn) {
    const next = `See how things stand: ${terminalCommand("status", deploymentName)}`;
    return told(why, `What it had changed in RDS by then is not known, since its request is lost. ${next}`);
  }
  if (created !== undefined && request.degradedAgain)
    return told(why, `The guard has not changed blue. The card of ${newName} says what comes next.`);
  if (created !== undefined)
    return told(why, `The guard has not changed blue. Once the cause is gone: ${terminalCommand("recreate", newName)}`);
  if (deletedAt !== undefined)
    return told(
      why,
      leftWords(request),
      `The guard has not changed blue, and the spec is kept. Go on from it with: ${terminalCommand("recreate", deploymentName)}`,
    );
  if (deletionRefused !== undefined) {
    const next = `RDS refused it, and it is not tried again. For a new plan: ${terminalCommand("recreate", deploymentName)}`;
    return told("At the deletion:", why, next);
  }
  if (deletionBegunAt !== undefined)
    return told("At the deletion:", why, leftWords(request), `Then: ${terminalCommand("recreate", deploymentName)}`);
  return told(why, unprotectBegunAt ? "Deletion protection of green may be off; nothing was deleted." : "The guard has changed nothing.");
}
