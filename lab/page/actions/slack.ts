import type { PageOptions } from "../options.ts";
import type { Action } from "./action.ts";

/** How Slack fails. */
export function slackActions({ slack, clock }: Pick<PageOptions, "slack" | "clock">): Record<string, Action> {
  return {
    "slack-429": {
      told: true,
      run(input) {
        const times = input.number("count", 1, 1_000);
        const retryAfterSeconds = input.number("retryAfterSeconds", 1, 3_600);
        slack.faults.next({ kind: "rate-limited", retryAfterSeconds }, { times });
        return `Slack answers the next ${times === 1 ? "call" : `${times} calls`} with 429, try again in ${retryAfterSeconds} seconds.`;
      },
    },
    "slack-down": {
      told: true,
      run(input) {
        const minutes = input.number("minutes", 1, 10_080, { whole: false });
        const now = clock.now();
        slack.faults.down(now, now + minutes * 60_000);
        return `Slack is down for ${minutes} minutes of the lab's clock.`;
      },
    },
    "slack-up": {
      told: true,
      run() {
        slack.faults.clear();
        return "Slack works again.";
      },
    },
  };
}
