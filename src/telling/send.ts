import type { Bus } from "../clients/bus.ts";
import type { SlackError } from "../clients/slack/failure.ts";
import type { Posted, Slack } from "../clients/slack/slack.ts";
import type { Telemetry } from "../clients/telemetry.ts";
import type { Time } from "../clients/time.ts";
import { withPost } from "../facts/posts.ts";
import { type DeploymentRecord, deploymentIdOf } from "../facts/record.ts";
import type { Message } from "../messages/slack/message.ts";
import { busPost } from "./due.ts";
import { type Due, type DueMessage, isNew } from "./due-message.ts";
import { refusesForGood, type Sent, type To } from "./fallen.ts";
import { withCalled } from "./incident.ts";
import { type Mark, markOf, refusedMark, threadOf, withoutGoneCard } from "./marks.ts";

/** What sending needs from the outside. */
export interface SendDependencies {
  slack: Slack;
  bus: Pick<Bus, "publish">;
  telemetry: Telemetry;
  time: Time;
}

/** How often Slack may refuse to change a message before it is posted anew. */
const MOST_REFUSALS = 3;

/** Thrown if Slack refuses to change one message: what it says of others is not known. */
class RefusedError extends Error {
  override readonly name = "RefusedError";
  readonly due: DueMessage;

  constructor(due: DueMessage, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.due = due;
  }
}

/** Sends all that is due of a record in a channel at once. */
export async function send(due: Due, record: DeploymentRecord, to: To, dependencies: SendDependencies): Promise<Sent> {
  const { card, entry, details } = due;
  const inThread = (it: DueMessage) => ({ ...to, ...threadOf(record, card, it, to.channel) });
  const sending: Partial<Record<keyof Due, Promise<Mark>>> = {
    ...(card && { card: sendCard(card, to, dependencies.slack) }),
    ...(entry && { entry: sendEntry(entry, inThread(entry), deploymentIdOf(record.key), dependencies) }),
    ...(details && { details: sendEntry(details, inThread(details), undefined, dependencies) }),
    ...(due.bus && { bus: publish(due.bus, dependencies.bus) }),
  };
  const marks: Mark[] = [];
  const failures: Sent["failures"] = [];
  const waitFor = async (what: keyof Due, sent: Promise<Mark>) => {
    try {
      marks.push(await sent);
    } catch (error) {
      if (error instanceof RefusedError) marks.push(refusedMark(error.due));
      failures.push({ what, error });
    }
  };
  await Promise.all(Object.entries(sending).map(([what, sent]) => waitFor(what as keyof Due, sent)));
  return { marks, failures };
}

/**
 * True if Slack accepts nothing now, so that the next message would fare no better. A code that nobody knows may speak of one message alone.
 */
export function stopsAll(error: unknown): boolean {
  const { kind, ofAddress } = error as Partial<SlackError>;
  return kind === "settings" || (kind === "later" && !ofAddress);
}

async function sendCard(due: DueMessage, to: To, slack: Slack): Promise<Mark> {
  return markOf(due, await put(due, to, slack));
}

async function sendEntry(
  due: DueMessage,
  to: To & Threaded,
  deployment: string | undefined,
  { slack, telemetry, time }: SendDependencies,
): Promise<Mark> {
  const posted = await put(due, to, slack);
  if (posted)
    for (const { signal } of due.facts) {
      telemetry.count("FactsTold");
      telemetry.log.info("Told", { deployment, signal, ts: posted.ts });
    }
  const [mark, gone] = [markOf(due, posted), withoutGoneCard(posted, to.thread)];
  const now = time.now();
  return (record) => withCalled(gone(mark(record)), isNew(due) ? due.facts : [], now);
}

async function publish({ fact, event }: NonNullable<Due["bus"]>, bus: SendDependencies["bus"]): Promise<Mark> {
  await bus.publish(event);
  return (record) => ({ ...record, posts: withPost(record.posts, busPost(fact)) });
}

interface Threaded {
  thread?: { ts: string; broadcast: boolean };
}

/** Undefined if the message to change is gone, or given up, so that it has to be posted anew. @throws SlackError, RefusedError */
async function put(due: DueMessage, to: To & Threaded, slack: Slack): Promise<Posted | undefined> {
  const { message, at } = due;
  if (at?.ts === undefined) return post(message, to, slack);
  try {
    await slack.update({ channel: at.in, ts: at.ts }, message);
    return { channel: at.in, ts: at.ts };
  } catch (error) {
    const { kind, ofAddress } = error as Partial<SlackError>;
    if (refusesForGood(error, at.in, to.places)) throw error;
    if (kind === "gone" || (ofAddress && (at.refused ?? 0) + 1 >= MOST_REFUSALS)) return undefined;
    throw ofAddress ? new RefusedError(due, error) : error;
  }
}

/** Posts an entry without its thread if Slack does not take it there. */
async function post(message: Message, { channel, thread }: To & Threaded, slack: Slack): Promise<Posted> {
  try {
    return await slack.post(message, thread, channel);
  } catch (error) {
    if (thread === undefined || !(error as Partial<SlackError>).ofAddress) throw error;
    // The card stays: only its thread takes nothing.
    return { ...(await slack.post(message, undefined, channel)), inThread: undefined };
  }
}
