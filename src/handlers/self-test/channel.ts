import type { SlackError } from "../../clients/slack/failure.ts";
import type { OwnSlack, Posted } from "../../clients/slack/slack.ts";
import { TRIAL } from "../../messages/trial.ts";
import { type Ask, isSlackError } from "./asking.ts";

/** What is asked of Slack in the channel, as a phrase. */
export const IN_CHANNEL = "Slack's chat.postMessage, a reply in the thread, chat.update and chat.delete in the channel";

/**
 * Posts a message, replies to it, changes it and deletes both, whatever fails meanwhile; says where.
 *
 * @throws SlackError of the first call that failed, which also says what stands in the channel after that, or may
 */
export async function tryChannel(slack: OwnSlack): Promise<string> {
  const all: Kept[] = [];
  const stays: string[] = [];
  const failures: SlackError[] = [];
  const attempt = async <T>(call: () => Promise<T>, refused?: (error: SlackError) => void): Promise<T | undefined> =>
    call().catch((error: unknown) => {
      if (!isSlackError(error)) throw error;
      failures.push(error);
      refused?.(error);
      return undefined;
    });
  const post = async (what: string, thread?: { ts: string; broadcast: boolean }): Promise<Posted | undefined> => {
    const at = await attempt(
      () => slack.post(TRIAL, thread),
      (error) => void (mayBeTaken(error) && stays.push(`${what} may stand`)),
    );
    if (at) all.unshift({ what, at });
    return at;
  };
  const posted = await post("the test message");
  const replied = posted && (await post("its reply", { ts: posted.ts, broadcast: false }));
  if (posted && replied) await attempt(() => slack.update(posted, TRIAL));
  for (const { what, at } of all)
    await attempt(
      () => removed(slack, at),
      () => void stays.push(`${what} stands`),
    );
  const [first] = failures;
  if (first) throw told(first, stays, posted?.channel ?? slack.channel);
  return `posted, replied, changed and deleted in ${posted?.channel}`;
}

/** A message of the test that Slack took. */
interface Kept {
  what: string;
  at: Posted;
}

/** Slack may have taken what it did not answer, or answered with a fault of its own; what it limits it has not taken. */
const mayBeTaken = ({ kind, retryAfterSeconds }: SlackError): boolean => kind === "later" && retryAfterSeconds === undefined;

/** Deletes the message, in two attempts: nobody comes back for it. That it is gone already is well. @throws SlackError */
async function removed(slack: OwnSlack, at: Posted): Promise<void> {
  try {
    await slack.remove(at).catch((error: unknown) => {
      if (!(isSlackError(error) && error.kind === "later")) throw error;
      return slack.remove(at);
    });
  } catch (error) {
    if (!(isSlackError(error) && error.kind === "gone")) throw error;
  }
}

/** The error, of which nothing is tried again here, with what is left in the channel. */
function told(error: SlackError, stays: readonly string[], channel: string): SlackError {
  const text = error.message.replace(/ It is tried again\.$/, "");
  const left =
    stays.length === 0 ? "" : ` In ${channel} there is something left of the test: ${stays.join(", and ")} there. Delete it in Slack.`;
  return Object.assign(error, { message: `${text}${left}` });
}

/** The one call of a self-test that people see; asked only where a person allows it. */
export const channelAsks = (slack: OwnSlack): Ask[] => [{ what: IN_CHANNEL, ask: () => tryChannel(slack) }];
