import { randomUUID } from "node:crypto";
import type { Context, SQSBatchResponse, SQSEvent } from "aws-lambda";
import type { Executions } from "../clients/executions.ts";
import type { Queue } from "../clients/queue.ts";
import type { Rds } from "../clients/rds/rds.ts";
import type { SlackError } from "../clients/slack/failure.ts";
import { type DeploymentRecord, deploymentIdOf } from "../facts/record.ts";
import { amendRecord } from "../operations/amend-record.ts";
import { applyPolicy, mayRecreate, type PolicyDependencies } from "../operations/apply-policy.ts";
import { remembering } from "../operations/read/remembering.ts";
import { createWakes, type Wakes } from "../operations/waiting/wake.ts";
import type { FilingDependencies } from "../telling/filing.ts";
import { lookAtLeft, type NewReport, type News, newsBy, withReports } from "../telling/news.ts";
import { stopsAll } from "../telling/send.ts";
import { drain, type TellDependencies, type Told, tell } from "../telling/tell.ts";
import { sayUnwritable } from "../telling/unwritable.ts";
import { backoffSeconds } from "./backoff.ts";
import { createListing, type Listed, type Listing } from "./listing.ts";
import { type Ahead, lookAhead } from "./look-ahead.ts";
import { type Message, type ReadDependencies, type Received, read, receive } from "./receive.ts";

/** How long after the end of another run's turn a message of that deployment comes back. */
const LEFT_SECONDS = 5;

/**
 * Creates the handler that turns RDS events from the queue into Slack messages and facts on the event bus.
 *
 * It groups the batch by deployment and takes one turn for each. A message leaves the queue once what it says is told, or written down and
 * somebody empties the channel; until then it comes back with growing delays. One that cannot be read goes to the dead-letter queue at once.
 */
export function createWatchHandler(given: WatchDependencies): (event: SQSEvent, context: Context) => Promise<SQSBatchResponse> {
  const dependencies = { ...given, rds: remembering(given.rds, given.records) };
  const listing = createListing(dependencies.rds, given.watch, given.time);
  return async ({ Records }, context) => {
    const by = randomUUID();
    const deadline = dependencies.time.now() + dependencies.tellBudgetMs;
    const wakers = Records.flatMap(({ body }) => dependencies.queue.wokenBy(body) ?? []);
    const events = Records.filter(({ body }) => dependencies.queue.wokenBy(body) === undefined);
    const messages = await Promise.all(events.map((record) => read(record, context, dependencies)));
    const { received, ahead, lookedAt } = await receiveAll(messages, listing, dependencies);
    const wakes = createWakes(dependencies);
    try {
      const { own, errors } = await newsOfAll(received, ahead, lookedAt, wakes, dependencies);
      const told = await tell(own, by, deadline, dependencies);
      listing.keep(told.isLeft);
      sayRefusals(told, dependencies);
      if (wakers.length > 0) sayRefusals(await drain(by, deadline, dependencies, wakers), dependencies);
      const returned = await Promise.all(received.map((it) => returnedOf(it, errors, told, dependencies)));
      return { batchItemFailures: returned.flatMap((id) => (id === undefined ? [] : { itemIdentifier: id })) };
    } finally {
      await wakes.done();
      for (const { span } of received) span.end();
    }
  };
}

/** What the watch handler needs from the outside. */
export interface WatchDependencies extends ReadDependencies, FilingDependencies, TellDependencies, PolicyDependencies {
  rds: Pick<Rds, "deployment" | "deployments" | "databases" | "endpoints">;
  records: TellDependencies["records"];
  bus: TellDependencies["bus"] & PolicyDependencies["bus"];
  queue: Queue;
  /** Absent if the guard has no operations. */
  executions?: Pick<Executions, "wake">;
  /** Milliseconds that one invocation may spend telling; the function's timeout has to leave room for the last calls after it. */
  tellBudgetMs: number;
}

/** Files the events of a batch by one list of the deployments, and looks meanwhile at those that they are about. */
async function receiveAll(messages: readonly Message[], listing: Listing, dependencies: WatchDependencies) {
  const isAmended = mayRecreate(dependencies);
  const events = messages.flatMap(({ event }) => event ?? []);
  const none: Listed = { deployments: [], at: dependencies.time.now(), places: [] };
  try {
    const { deployments, at, places } = events.length > 0 ? await listing.find(events) : none;
    const ahead = lookAhead(places, deployments, isAmended, dependencies);
    const placed = messages.map((it) => ({ ...it, place: it.event && places[events.indexOf(it.event)] }));
    return { received: await Promise.all(placed.map((it) => receive(it, dependencies))), ahead, lookedAt: at };
  } catch (error) {
    const received: Received[] = messages.map(({ event, ...message }) => (event ? { ...message, error } : message));
    return { received, ahead: lookAhead([], [], isAmended, dependencies), lookedAt: none.at };
  }
}

/** What is new of each deployment that the batch is about, written down where the policy has to see it; and what went wrong with single ones. */
async function newsOfAll(received: readonly Received[], ahead: Ahead, lookedAt: number, wakes: Wakes, dependencies: WatchDependencies) {
  const { records, rds, stuckAfterHours } = dependencies;
  const reports = Map.groupBy(
    received.filter((it) => it.news !== undefined),
    (it) => it.key ?? "",
  );
  const own = new Map<string, News>();
  const errors = new Map<string, unknown>();
  const readNews = async (key: string, news: NewReport[]) => {
    const view = await ahead.view(key);
    const look = view ? { view } : await lookAtLeft(await records.read<DeploymentRecord>(key), rds);
    const known = newsBy(look, news, lookedAt, stuckAfterHours);
    if (mayRecreate(dependencies)) {
      await amendRecord(records, key, known.fold);
      wakes.byRequest(await applyPolicy(key, dependencies));
    }
    own.set(key, { ...known, ...(await ahead.stored(key)), read: wakes.byRecord });
  };
  const unkept = async (key: string, failure: unknown) => {
    const view = await ahead.view(key).catch(() => undefined);
    await sayUnwritable(failure, view?.deployment.name, dependencies).catch((refused: unknown) => errors.set(key, refused));
  };
  await Promise.all(
    [...reports].map(async ([key, all]) => {
      const news = all.flatMap((it) => it.news ?? []);
      try {
        await readNews(key, news);
      } catch (error) {
        errors.set(key, error);
        await amendRecord(records, key, (record) => withReports(record, news)).catch((failure) => unkept(key, failure));
      }
    }),
  );
  return { own, errors };
}

/** The id of a message that returns to the queue; undefined if it is done with. */
async function returnedOf(
  received: Received,
  errors: ReadonlyMap<string, unknown>,
  { ends, refusals }: Told,
  dependencies: WatchDependencies,
): Promise<string | undefined> {
  const { record, key } = received;
  const error = received.error ?? (key === undefined ? undefined : errors.get(key));
  if (error !== undefined) return giveBack(received, error, dependencies);
  const end = key === undefined ? undefined : ends.get(key);
  // What Slack does not take now is written down, and a run is woken for it.
  if (end?.end === "failed" && (refusals.length === 0 || !stopsAll(end.error))) return giveBack(received, end.error, dependencies);
  if (end?.end !== "left") return undefined;
  const seconds = Math.ceil((end.until - dependencies.time.now()) / 1_000) + LEFT_SECONDS;
  await dependencies.queue.retryAfter(record.receiptHandle, seconds);
  return record.messageId;
}

/** What a channel does not take is said once, not once a message: a run is woken for all of it. */
function sayRefusals({ refusals }: Told, { telemetry }: WatchDependencies): void {
  for (const { channel, error, seconds } of refusals) {
    telemetry.count("EventsFailed");
    telemetry.log.error(error instanceof Error ? error.message : String(error), { seconds, channel });
  }
}

/** Returns a message to the queue with growing delays. */
async function giveBack({ record, key, signal, span }: Received, cause: unknown, { queue, telemetry }: WatchDependencies): Promise<string> {
  const text = cause instanceof Error ? cause.message : String(cause);
  span.note({ failure: text });
  const receives = Number(record.attributes.ApproximateReceiveCount);
  const seconds = Math.max((cause as Partial<SlackError>).retryAfterSeconds ?? 0, backoffSeconds(receives));
  const deployment = key === undefined ? undefined : deploymentIdOf(key);
  telemetry.count("EventsFailed");
  telemetry.log.error(text, { deployment, signal, key, messageId: record.messageId, receives, seconds });
  await queue.retryAfter(record.receiptHandle, seconds);
  return record.messageId;
}
