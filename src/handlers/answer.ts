import { createHash } from "node:crypto";
import type { Context } from "aws-lambda";
import type { SlackDelivery } from "../clients/answer-function.ts";
import type { Item } from "../clients/records.ts";
import { createAnswer } from "../conversation/answer.ts";
import type { AnswerDependencies } from "../conversation/ports.ts";
import { type Press, readSlackRequest, type TypedCommand } from "../conversation/slack-request.ts";
import { logged } from "../deployments/person.ts";
import { deploymentKey } from "../facts/record.ts";
import { answer as worded } from "../messages/slack/command-replies.ts";
import { type Reply, toAsker } from "../messages/slack/reply.ts";
import { remembering } from "../operations/read/remembering.ts";
import type { TellDependencies } from "../telling/tell.ts";
import { tellNow } from "../telling/tell-operation.ts";

/**
 * Creates the handler that answers commands and presses: it reads, plans, records what operators have confirmed and starts it.
 *
 * It is invoked with what Slack has signed, once or several times, and answers each once.
 *
 * @throws what the clients throw: after it has told the asker to try again, or if what was done could not be shown; a copy then shows it.
 */
export function createAnswerHandler(
  given: AnswerHandlerDependencies,
): (delivery: SlackDelivery, context: Pick<Context, "getRemainingTimeInMillis">) => Promise<void> {
  const dependencies = { ...given, rds: remembering(given.rds, given.records) };
  const { records, replies, telemetry, time } = dependencies;
  const answer = createAnswer({ ...dependencies, tell: (id) => tellDeployment(id, dependencies) });
  return async ({ body }, context) => {
    const request = readSlackRequest(body);
    if (!request) {
      telemetry.log.info("Refused", { from: "slack", reason: "neither a command nor a press of one of the guard's buttons" });
      return;
    }
    const mark = markOf(body, time.now(), context.getRemainingTimeInMillis());
    if (!(await records.write(mark))) return answerCopy(request, mark.key, dependencies);
    const reply = await answer(request).catch(async (error: Error) => {
      // The failure is thrown below, whether or not this arrives.
      await replies.send(request.responseUrl, toAsker(worded({ code: "answering-failed" }))).catch(() => undefined);
      await keep({ ...mark, version: 1, done: true }, dependencies);
      throw error;
    });
    await show(request, { ...mark, version: 1, done: true }, reply, dependencies);
  };
}

/** What the answer handler needs from the outside. */
export interface AnswerHandlerDependencies extends Omit<AnswerDependencies, "tell" | "slack" | "time" | "telemetry">, TellDependencies {
  rds: AnswerDependencies["rds"] & TellDependencies["rds"];
  bus: AnswerDependencies["bus"] & TellDependencies["bus"];
  records: TellDependencies["records"];
}

/** How long an answer may spend on showing in the channel what it changed. */
const TELLS_MS = 5_000;

/** A failure is only logged: the record keeps what the next sweep has to show. */
async function tellDeployment(id: string, dependencies: AnswerHandlerDependencies): Promise<void> {
  const key = deploymentKey(id);
  await tellNow(key, { deployment: id }, { ...dependencies, tellBudgetMs: TELLS_MS });
}

/** Marks a request from Slack as begun and, once `done`, as answered; a copy of the request finds this. */
interface Answered extends Item {
  done?: boolean;
  /** What Slack did not take yet of what was done. */
  owed?: Reply;
  /** When the run that began it must have ended, in milliseconds since 1970. */
  until?: number;
  /** When DynamoDB deletes it, in seconds since 1970. */
  expiresAt: number;
}

// Lambda retries for a quarter of an hour; a copy is refused as stale after five minutes.
const KEPT_SECONDS = 24 * 3_600;

function markOf(body: string, now: number, runsMs: number): Answered {
  const hash = createHash("sha256").update(body).digest("hex").slice(0, 40);
  return { key: `slack#${hash}`, version: 0, until: now + runsMs, expiresAt: Math.floor(now / 1_000) + KEPT_SECONDS };
}

/** Shows what came of a request, and keeps it for a copy if Slack does not take it: it was done all the same. @throws what Slack's client throws */
async function show({ responseUrl }: TypedCommand | Press, mark: Answered, reply: Reply, dependencies: AnswerDependencies): Promise<void> {
  const { replies } = dependencies;
  try {
    await replies.send(responseUrl, reply).catch(async (error: Error) => {
      // The message that it replaces may be gone.
      if (!reply.replace_original) throw error;
      await replies.send(responseUrl, { ...reply, replace_original: false });
    });
  } catch (error) {
    await keep({ ...mark, owed: reply }, dependencies);
    throw error;
  }
  await keep({ ...mark, owed: undefined }, dependencies);
}

/** Keeps what was done; a failure is only logged, since it would have Lambda try again what is done. */
async function keep(mark: Answered, { records, telemetry }: AnswerDependencies): Promise<void> {
  await records.write(mark).catch((error: Error) => telemetry.log.error("Not noted as answered", { error: error.message }));
}

/**
 * Answers a copy of what was begun before: with what could not be shown, that it is being worked on, or that the guard died in the middle
 * of it; not at all if it was answered. Dead is only what has been silent for longer than its function can run.
 */
async function answerCopy(request: TypedCommand | Press, key: string, dependencies: AnswerDependencies): Promise<void> {
  const { records, replies, telemetry, time } = dependencies;
  const stored = await records.read<Answered>(key);
  if (stored?.owed) return show(request, stored, stored.owed, dependencies);
  const isAtWork = stored?.done !== true && time.now() < (stored?.until ?? 0);
  if (!stored || stored.done || isAtWork) {
    const reason = `a copy of what ${isAtWork ? "is being" : "was"} answered`;
    telemetry.log.info("Refused", { from: "slack", by: logged(request.actor), reason });
    if (isAtWork) await replies.send(request.responseUrl, toAsker(worded({ code: "being-worked-on" })));
    return;
  }
  await records.write({ ...stored, done: true });
  await replies.send(request.responseUrl, toAsker(worded({ code: "answering-died" })));
}
