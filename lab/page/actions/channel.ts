import { ACTIONS } from "../../../src/messages/slack/buttons.ts";
import { isOperationName } from "../../../src/operations/index.ts";
import { PEOPLE } from "../../slack/people.ts";
import { InputError } from "../input.ts";
import type { PageOptions } from "../options.ts";
import type { Action } from "./action.ts";

/** While a person decides on a plan, half an hour of the lab must be long enough to read it. */
const SPEED_TO_READ = 10;
const LEADS_TO_A_PLAN = /^\S+\s+(recreate|switchover)\b/i;

/** What people type and press in the channel. */
export function channelActions({ slack, clock }: Pick<PageOptions, "slack" | "clock">): Record<string, Action> {
  const ids = PEOPLE.map(({ id }) => id);
  const nameOf = (user: string) => PEOPLE.find(({ id }) => id === user)?.name ?? user;
  function slowDown(): string {
    if (clock.speed <= SPEED_TO_READ) return "";
    clock.setSpeed(SPEED_TO_READ);
    return ` The clock slows down to ${SPEED_TO_READ} times, so that there is time to read.`;
  }
  return {
    command: {
      told: true,
      async run(input) {
        const text = input.text("text", 4_000);
        if (!/^\/bluegreen(\s|$)/.test(text)) throw new InputError(`The guard's command is /bluegreen; received "${text.slice(0, 60)}".`);
        const user = input.choice("user", ids);
        const slower = LEADS_TO_A_PLAN.test(text) ? slowDown() : "";
        await slack.sending.command(text, user);
        return `${nameOf(user)} types ${text}.${slower}`;
      },
    },
    press: {
      told: true,
      async run(input) {
        const [user, ts, action] = [input.choice("user", ids), input.text("ts"), input.choice("action", ACTIONS)];
        const slower = isOperationName(action) ? slowDown() : "";
        const words = await slack.sending.press(ts, action, user).then(
          () => `${nameOf(user)} presses ${action}.`,
          (error: Error) => {
            throw new InputError(error.message);
          },
        );
        return `${words}${slower}`;
      },
    },
  };
}
