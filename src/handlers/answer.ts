import { createHash, randomUUID } from "node:crypto";
import type { SlackDelivery } from "../clients/answer-function.ts";
import type { Item } from "../clients/records.ts";
import type { Span } from "../clients/tracing.ts";
import { createAnswer } from "../conversation/answer.ts";
import type { AnswerDependencies } from "../conversation/ports.ts";
import { type Press, readSlackRequest, type TypedCommand } from "../conversation/slack-request.ts";
import { deploymentKey } from "../facts/record.ts";
import { shortReply } from "../messages/command-replies.ts";
import { toAsker } from "../messages/reply.ts";
import { inSpan } from "../telling/span.ts";
import { type TellDependencies, tellWaiting } from "../telling/tell.ts";

/**
 * Creates the handler that answers commands and presses: it reads, plans, records what operators have confirmed and starts it.
 *
 * It is invoked with what Slack has signed, once or several times, and answers each once.
 *
 * @throws what the clients throw, after it has told the asker to try again.
 */
export function createAnswerHandler(dependencies: AnswerHandlerDependencies): (delivery: SlackDelivery) => Promise<void> {
  const { records, replies, telemetry, time } = dependencies;
  const answer = createAnswer({ ...dependencies, tell: (id) => tellDeployment(id, dependencies) });
  return async ({ body }) => {
    const request = readSlackRequest(body);
    if (!request) {
      telemetry.log.info("Refused", { from: "slack", reason: "neither a command nor a press of one of the guard's buttons" });
      return;
    }
    const mark = markOf(body, time.now());
    if (!(await records.write(mark))) return answerCopy(request, mark.key, dependencies);
    try {
      await replies.send(request.responseUrl, await answer(request));
    } catch (error) {
      // The failure is thrown below, whether or not this arrives.
      await replies.send(request.responseUrl, toAsker(shortReply("warning", TRY_AGAIN, LOOK_FIRST))).catch(() => undefined);
      throw error;
    } finally {
      await records.write({ ...mark, version: 1, done: true });
    }
  };
}

/** What the answer handler needs from the outside. */
export interface AnswerHandlerDependencies extends Omit<AnswerDependencies, "tell" | "slack" | "time" | "telemetry">, TellDependencies {
  rds: AnswerDependencies["rds"] & TellDependencies["rds"];
}

/** How long an answer may spend on showing in the channel what it changed. */
const TELLS_MS = 5_000;

/** A failure is only logged: the record keeps what the next sweep has to show. */
async function tellDeployment(id: string, dependencies: AnswerHandlerDependencies): Promise<void> {
  const { telemetry, time } = dependencies;
  const own = (span: Span) => tellWaiting(new Map([[deploymentKey(id), span]]), randomUUID(), time.now() + TELLS_MS, dependencies);
  await inSpan(telemetry, "Deployment", own).catch((error: Error) => telemetry.log.error(error.message, { deployment: id }));
}

/** Marks a request from Slack as begun and, once `done`, as answered; a copy of the request finds this. */
interface Answered extends Item {
  done?: boolean;
  /** When DynamoDB deletes it, in seconds since 1970. */
  expiresAt: number;
}

const TRY_AGAIN = "Something went wrong here, so this may not have been done.";
const DIED = "The guard stopped in the middle of this, so it may not have been done.";
const LOOK_FIRST = "See how things stand with `/bluegreen status` and then try again.";
// Lambda retries for a quarter of an hour; a copy is refused as stale after five minutes.
const KEPT_SECONDS = 24 * 3_600;

function markOf(body: string, now: number): Answered {
  const hash = createHash("sha256").update(body).digest("hex").slice(0, 40);
  return { key: `slack#${hash}`, version: 0, expiresAt: Math.floor(now / 1_000) + KEPT_SECONDS };
}

/** Answers a copy of what was begun before: not at all if that was answered, otherwise that the guard died in the middle of it. */
async function answerCopy(
  { actor, responseUrl }: TypedCommand | Press,
  key: string,
  { records, replies, telemetry }: AnswerDependencies,
): Promise<void> {
  const stored = await records.read<Answered>(key);
  if (!stored || stored.done) {
    telemetry.log.info("Refused", { from: "slack", by: actor.name, reason: "a copy of what was answered" });
    return;
  }
  await records.write({ ...stored, done: true });
  await replies.send(responseUrl, toAsker(shortReply("warning", DIED, LOOK_FIRST)));
}
