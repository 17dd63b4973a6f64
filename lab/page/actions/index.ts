import type { PageOptions } from "../options.ts";
import type { Action } from "./action.ts";
import { awsActions } from "./aws.ts";
import { channelActions } from "./channel.ts";
import { clockActions } from "./clock.ts";
import { eventActions } from "./events.ts";
import { guardActions } from "./guard.ts";
import { mishapActions } from "./mishaps.ts";
import { operationActions } from "./operations.ts";
import { slackActions } from "./slack.ts";
import { storyActions } from "./stories.ts";

/** All that a visitor can do, by the name in `POST /do/<name>`. */
export function actionsOf(options: PageOptions): ReadonlyMap<string, Action> {
  return new Map(
    Object.entries({
      ...clockActions(options),
      ...storyActions(options),
      ...awsActions(options),
      ...operationActions(options),
      ...mishapActions(options),
      ...eventActions(options),
      ...slackActions(options),
      ...channelActions(options),
      ...guardActions(options),
    }),
  );
}
