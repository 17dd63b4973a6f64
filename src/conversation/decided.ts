import type { SlackError } from "../clients/slack/failure.ts";
import { decidedMessage } from "../messages/slack/approval.ts";
import { type OperationRequest, requestIdOf } from "../operations/request.ts";
import { amendRequest, openRequests } from "../operations/requests.ts";
import type { Decision } from "../operations/says/decision.ts";
import type { AnswerDependencies } from "./ports.ts";

/** What showing a decision needs from the outside. */
export type DecidedDependencies = Pick<AnswerDependencies, "slack" | "records" | "telemetry">;

/**
 * Removes the buttons from where the operators were asked, and says how it was decided. Never throws: what was decided holds, and what Slack
 * does not take now is shown later.
 */
export async function decided(request: OperationRequest, how: Decision, dependencies: DecidedDependencies): Promise<void> {
  const { approval } = request;
  if (!approval) return;
  const { records, slack, telemetry } = dependencies;
  const id = requestIdOf(request.key) ?? "";
  try {
    await slack.update(approval, decidedMessage(request, how));
  } catch (error) {
    telemetry.log.error("Decision not shown", { requestId: id, error: textOf(error) });
    if (isLost(error)) return;
    await amendRequest(records, id, (it) => ({ ...it, approval: it.approval ?? approval, owed: how, owedAt: approval })).catch(
      (failure: Error) => telemetry.log.error("Decision not kept for later", { requestId: id, error: failure.message }),
    );
  }
}

/** Shows the decisions that Slack did not take when they were made; returns what went wrong. @throws what the records throw */
export async function showDecisions({ records, slack }: Pick<DecidedDependencies, "slack" | "records">): Promise<unknown[]> {
  const failures: unknown[] = [];
  for (const request of await openRequests(records)) {
    const { owed, approval, owedAt = approval } = request;
    if (owed === undefined || owedAt === undefined) continue;
    try {
      // Whoever goes on with it may have asked once more, in another message.
      const decision = owedAt.ts === approval?.ts ? request : { ...request, resumed: undefined };
      await slack.update(owedAt, decidedMessage(decision, owed)).catch((error: unknown) => {
        if (!isLost(error)) throw error;
      });
      await amendRequest(records, requestIdOf(request.key) ?? "", (it) =>
        it.owedAt?.ts === request.owedAt?.ts ? { ...it, owed: undefined, owedAt: undefined } : it,
      );
    } catch (error) {
      failures.push(error);
    }
  }
  return failures;
}

/** True if the message can never be changed: its buttons are gone with it, or say that it is decided. */
function isLost(error: unknown): boolean {
  const { kind } = error as Partial<SlackError>;
  return kind === "gone" || kind === "ours";
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
