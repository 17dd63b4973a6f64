import { onTestFinished } from "vitest";
import type { LabOptions } from "../../../lab/lab-options.ts";
import { SIGNING_SECRET } from "../../../lab/secrets.ts";
import type { LabMessage } from "../../../lab/slack/messages.ts";
import { signedHeaders } from "../../../lab/slack/sending.ts";
import { messageText } from "../../../lab/slack/text.ts";
import type { GuardPolicy } from "../../../local/guard.ts";
import { openTestLab, type TestLab } from "../lab/stage.ts";
import { COLLEAGUE, DEVELOPER, ONCALL } from "./people.ts";

export { COLLEAGUE, DEVELOPER, ONCALL };

/** A lab in whose channel people type and press. */
export interface SlackLab extends TestLab {
  /** Somebody types a command; returns what they alone are then shown. */
  type(text: string, user?: string): Promise<string>;
  /** Somebody presses the newest button of that name that they see; returns what they alone are then shown. */
  press(action: string, user?: string): Promise<string>;
  /** The lines of that kind that the guard has logged. */
  lines(message: string): Record<string, unknown>[];
  /** The changes that the lab's RDS has accepted. */
  changes(): string[];
}

/** Resolves once nobody is at work any more, including the answer function with its last note. */
export function idle({ clock }: Pick<TestLab, "clock">): Promise<void> {
  return clock.work(() => clock.until(clock.now() + 1));
}

/**
 * Opens a lab over whose wire commands are typed; it ends with the test. Without `isWatched`, the guard gets no RDS events and posts no
 * cards for them.
 */
export async function openSlackLab(
  policy: Partial<GuardPolicy> = {},
  { isWatched = true, executions, records }: Pick<LabOptions, "executions" | "records"> & { isWatched?: boolean } = {},
): Promise<SlackLab> {
  const lab = await openTestLab({ policy, executions, lose: () => !isWatched, ...(records && { records }) });
  onTestFinished(async () => {
    await idle(lab);
    await lab.close();
  });
  lab.rds.hasten(600);
  /** Slack gets its response once the request is handed on; the answer function works on from then. */
  async function answered(send: () => Promise<unknown>): Promise<string> {
    let shown: LabMessage | undefined;
    const stop = lab.slack.onMessage(({ message }) => {
      if (message.onlyFor !== undefined) shown = message;
    });
    await send();
    await idle(lab);
    stop();
    return shown ? messageText(shown) : "nothing";
  }
  return {
    ...lab,
    type: (text, user = ONCALL) => answered(() => lab.slack.sending.command(text, user)),
    press: (action, user = ONCALL) => answered(() => lab.slack.sending.press(buttonFor(lab, action, user), action, user)),
    lines: (message) => lab.logged.filter((it) => it.message === message).map(({ details }) => details),
    changes: () =>
      lab.rds.calls
        .filter(({ action, outcome }) => outcome === "accepted" && /^(Delete|Switchover|Create)BlueGreen/.test(action))
        .map(({ action }) => action.replace("BlueGreenDeployment", "")),
  };
}

/** The timestamp of the newest message that they see with that button. */
export function buttonFor({ slack }: TestLab, action: string, user: string): string {
  const seen = [...slack.messages, ...slack.ephemeral.filter(({ onlyFor }) => onlyFor === user)];
  const found = seen.sort((a, b) => a.ts.localeCompare(b.ts)).findLast((it) => JSON.stringify(it).includes(`"action_id":"${action}"`));
  if (!found) throw new Error(`There is no button ${action} for ${user}.`);
  return found.ts;
}

/** Sends bytes to the guard's address, signed as Slack signs them unless the headers say otherwise. */
export function send(
  url: string,
  body: string | Uint8Array,
  headers: Record<string, string> = {},
  init: RequestInit = {},
): Promise<Response> {
  const signed = signedHeaders(body, SIGNING_SECRET, Date.now());
  return fetch(url, { method: "POST", body: body as RequestInit["body"], headers: { ...signed, ...headers }, ...init });
}

/** The form of a command, with the fields that a test changes. */
export function commandForm(fields: Record<string, string> = {}): string {
  return new URLSearchParams({
    command: "/bluegreen",
    text: "recreate orders-15",
    team_id: "T0LAB",
    channel_id: "C0BLUEGREEN",
    user_id: ONCALL,
    user_name: "oncall",
    response_url: "http://127.0.0.1:9/slack/respond/none",
    trigger_id: "1.2",
    ...fields,
  }).toString();
}

/** A message that the guard has not posted, with a button as the guard makes them. */
export async function postForeign(lab: SlackLab, action_id: string, value: string): Promise<void> {
  const button = { type: "button", action_id, value, text: { type: "plain_text", text: action_id } };
  const headers = { "content-type": "application/json; charset=utf-8", authorization: "Bearer xoxb-lab" };
  const body = JSON.stringify({ channel: "C0BLUEGREEN", text: "forwarded", blocks: [{ type: "actions", elements: [button] }] });
  await fetch(`${lab.url}/slack/api/chat.postMessage`, { method: "POST", headers, body });
}
