import type { SlackError } from "../clients/slack/failure.ts";
import { decidedMessage } from "../messages/slack/approval.ts";
import { type OperationRequest, requestIdOf } from "../operations/request.ts";
import { amendRequest, openRequests } from "../operations/requests.ts";
import type { Decision } from "../operations/says/decision.ts";
import { placesAsked } from "./asked-at.ts";
import type { AnswerDependencies } from "./ports.ts";

/** What showing a decision needs from the outside. */
export type DecidedDependencies = Pick<AnswerDependencies, "slack" | "records" | "telemetry">;

/**
 * Removes the buttons from where the operators were asked, and says how it was decided. Never throws: what was decided holds, and what Slack
 * does not take now is shown later.
 */
export async function decided(request: OperationRequest, how: Decision, dependencies: DecidedDependencies): Promise<void> {
  const { records, slack, telemetry } = dependencies;
  const { approval } = request;
  const id = requestIdOf(request.key) ?? "";
  const owedAt: Place[] = [];
  for (const at of placesAsked(request)) {
    try {
      await slack.update(at, decidedMessage(request, how));
    } catch (error) {
      telemetry.log.error("Decision not shown", { requestId: id, error: textOf(error) });
      if (!isLost(error)) owedAt.push(at);
    }
  }
  if (owedAt.length === 0) return;
  await amendRequest(records, id, (it) => ({ ...it, approval: it.approval ?? approval, owed: how, owedAt })).catch((failure: Error) =>
    telemetry.log.error("Decision not kept for later", { requestId: id, error: failure.message }),
  );
}

type Place = ReturnType<typeof placesAsked>[number];

/** Shows the decisions that Slack did not take when they were made; returns what went wrong. @throws what the records throw */
export async function showDecisions({ records, slack }: Pick<DecidedDependencies, "slack" | "records">): Promise<unknown[]> {
  const failures: unknown[] = [];
  for (const request of await openRequests(records)) {
    const { owed, owedAt = placesAsked(request) } = request;
    if (owed === undefined) continue;
    try {
      for (const at of owedAt) {
        // Whoever goes on with it may have asked once more, in another message.
        const isLatest = placesAsked(request).some(({ ts }) => ts === at.ts);
        const decision = isLatest ? request : { ...request, resumed: undefined };
        await slack.update(at, decidedMessage(decision, owed)).catch((error: unknown) => {
          if (!isLost(error)) throw error;
        });
      }
      const [first] = owedAt;
      await amendRequest(records, requestIdOf(request.key) ?? "", (it) =>
        it.owedAt?.[0]?.ts === first?.ts ? { ...it, owed: undefined, owedAt: undefined } : it,
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

/** How a request was decided, or that nobody answered in time. */
export function howDecided(request: OperationRequest): Decision {
  const { approvedBy, cancelled, outcome, usedBy, operation, deploymentName: name, deletionBegunAt } = request;
  if (cancelled && usedBy === undefined) return { code: "rejected-or-stopped", by: cancelled.by };
  const ended = usedBy === undefined ? outcome?.said : undefined;
  if (approvedBy) return { code: "approved", by: approvedBy.by, ...(ended && { ended }) };
  const isUnanswered = ended === undefined || ("why" in ended && ended.why?.code === "nothing-began");
  return isUnanswered ? { code: "not-answered", operation, name, again: deletionBegunAt !== undefined } : { code: "ended", how: ended };
}
