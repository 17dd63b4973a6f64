import type { Slack } from "../clients/slack/slack.ts";
import { stillWaitsMessage } from "../messages/slack/approval.ts";
import type { AskedPlace } from "../operations/asked-place.ts";
import { type OperationRequest, requestIdOf } from "../operations/request.ts";
import { amendRequest, openRequests } from "../operations/requests.ts";
import { approversOf } from "./approvers.ts";
import { placesAsked } from "./asked-at.ts";
import type { AnswerDependencies } from "./ports.ts";

/** How long before a request ends those who can approve it are reminded: halfway through its 30 minutes. */
const REMINDED_MS = 15 * 60_000;

/** What reminding needs from the outside. */
export interface RemindDependencies extends Pick<AnswerDependencies, "records" | "time"> {
  slack: Pick<Slack, "post">;
  /** Ids of users and user groups; nobody is mentioned if omitted. */
  operators?: readonly string[];
}

/**
 * Reminds the operators, once and where they were asked, of the requests that wait for an approval; returns what went wrong. A run that dies
 * after Slack's answer repeats that one reminder.
 *
 * @throws what the records throw
 */
export async function remindApprovers({ records, slack, time, operators = [] }: RemindDependencies): Promise<unknown[]> {
  const failures: unknown[] = [];
  for (const request of (await openRequests(records)).filter((it) => isDue(it, time.now()))) {
    for (const at of placesAsked(request).filter(({ reminded }) => !reminded)) {
      try {
        const { channel, ts, thread = ts } = at;
        await slack.post(stillWaitsMessage(request, approversOf(request, operators)), { ts: thread, broadcast: false }, channel);
        await amendRequest(records, requestIdOf(request.key) ?? "", (it) => withReminded(it, at));
      } catch (error) {
        failures.push(error);
      }
    }
  }
  return failures;
}

function isDue({ approved, outcome, cancelled, usedBy, validUntil }: OperationRequest, now: number): boolean {
  const until = Date.parse(validUntil);
  return !approved && !outcome && !cancelled && usedBy === undefined && now >= until - REMINDED_MS && now < until;
}

function withReminded(request: OperationRequest, { ts }: AskedPlace): OperationRequest {
  const { approval, approvalCopy } = request;
  if (approval?.ts === ts) return { ...request, approval: { ...approval, reminded: true } };
  if (approvalCopy?.ts === ts) return { ...request, approvalCopy: { ...approvalCopy, reminded: true } };
  return request;
}
