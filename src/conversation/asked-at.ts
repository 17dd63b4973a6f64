import type { Posted, Slack } from "../clients/slack/slack.ts";
import { cardOf } from "../facts/posts.ts";
import type { DeploymentRecord } from "../facts/record.ts";
import { copied } from "../messages/slack/copied.ts";
import type { Message } from "../messages/slack/message.ts";
import type { AskedPlace } from "../operations/asked-place.ts";
import type { OperationRequest } from "../operations/request.ts";

/** Where in Slack the operators were asked; the copy is in the default channel. */
export type AskedAt = Pick<OperationRequest, "approval" | "approvalCopy">;

/**
 * Asks in the deployment's thread and its channel, and in the default channel if that is another one. Returns where, and what Slack threw of
 * one of the two.
 *
 * @throws SlackError if nobody could be asked
 */
export async function askIn(
  record: DeploymentRecord | undefined,
  message: Message,
  slack: Pick<Slack, "channel" | "post">,
): Promise<AskedAt & { failure?: unknown }> {
  const card = record && cardOf(record);
  const home = card?.in ?? record?.home ?? slack.channel;
  const thread = card?.ts === undefined ? undefined : { ts: card.ts, broadcast: true };
  const isApart = home !== slack.channel;
  const asked = await Promise.allSettled([
    slack.post(message, thread, home).then((it) => placeOf(it, thread?.ts)),
    ...(isApart ? [slack.post(copied(message, home, undefined), undefined, slack.channel).then((it) => placeOf(it, undefined))] : []),
  ]);
  const [approval, approvalCopy] = asked.flatMap((it) => (it.status === "fulfilled" ? [it.value] : []));
  const [failure] = asked.flatMap((it) => (it.status === "rejected" ? [it.reason as unknown] : []));
  if (approval === undefined) throw failure;
  return { approval, approvalCopy, failure };
}

const placeOf = ({ channel, ts, inThread }: Posted, thread: string | undefined): AskedPlace => ({
  channel,
  ts,
  ...(thread !== undefined && inThread !== false && { thread }),
});

/** The places where a request's operators were asked. */
export const placesAsked = ({ approval, approvalCopy }: AskedAt): AskedPlace[] => [approval, approvalCopy].filter((it) => it !== undefined);
