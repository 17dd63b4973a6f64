import { createAnswerHandler } from "../../src/handlers/answer.ts";
import type { Message } from "../../src/messages/slack/message.ts";
import type { Reply } from "../../src/messages/slack/reply.ts";
import type { Dependencies } from "../support/simulation/hidden/guard.ts";
import type { Random } from "./random.ts";
import type { Act } from "./story.ts";
import type { Tasks } from "./tasks.ts";

/** A part of every response_url of a story, which nothing may repeat. */
export const SECRET = "s3cr3tResponseUrl";
/** The text of every event of another account, which nothing may repeat. */
export const FOREIGN = "Replication has been degraded. f0reign";
const OPERATORS = ["U0ONCALL", "U0SECOND"] as const;

export { OPERATORS };

/** Runs work of the guard as one process. */
export type RunOnce = (work: (dependencies: Dependencies) => Promise<void>) => Promise<void>;

/** What people see of the guard. */
export interface Seen {
  run: RunOnce;
  /** The messages in all channels, latest last. */
  messages(): readonly { channel: string; ts: string; message: Message; postedAt: number }[];
}

/** People in Slack, who type and press. */
export class People {
  readonly #tasks: Tasks;
  readonly #random: Random;
  readonly #seen: Seen;
  #asked = 0;

  constructor(tasks: Tasks, random: Random, seen: Seen) {
    this.#tasks = tasks;
    this.#random = random;
    this.#seen = seen;
  }

  /** Somebody asks for an operation on what has this name or id, and confirms the plan if there is one; then perhaps somebody approves. */
  async ask({ operation, patience }: Act & { act: "ask" }, typed: string): Promise<void> {
    const asker = this.#random.of(OPERATORS);
    const reply = await this.#type(`${operation} ${typed}`, asker);
    await this.#confirm(reply, asker, patience);
    await this.#tasks.pass(this.#random.between(2, this.#random.is(0.1) ? 2_400 : 300) * 1_000);
    await this.#approve();
  }

  async cancel(id: string): Promise<void> {
    await this.#type(`cancel ${id}`, this.#random.of(OPERATORS));
  }

  async force(id: string, patience = this.#random.of([3, 60, 400])): Promise<void> {
    const asker = this.#random.of(OPERATORS);
    await this.#confirm(await this.#type(`cancel ${id} --force`, asker), asker, patience);
  }

  async status(id: string): Promise<void> {
    await this.#type(`status ${id}`, "U0ANYBODY");
  }

  /** Somebody presses Hold below the last announcement. */
  async hold(): Promise<void> {
    for (const at of this.#seen.messages().toReversed()) {
      const value = buttonIn(at.message, "hold");
      if (value !== undefined) return void (await this.#press("hold", value, "U0ANYBODY", at));
    }
  }

  async #approve(): Promise<void> {
    for (const at of this.#seen.messages().toReversed()) {
      const value = buttonIn(at.message, "approve");
      if (value === undefined) continue;
      const action = this.#random.is(0.85) ? "approve" : "reject";
      await this.#press(action, value, this.#random.of(OPERATORS), at);
      await this.#tasks.pass(30_000);
      if (this.#random.is(0.7)) await this.#press(action, value, this.#random.of(OPERATORS), at);
      return;
    }
  }

  async #confirm(reply: Reply | undefined, asker: string, patience: number): Promise<void> {
    const value = reply && buttonIn(reply, "confirm");
    if (value === undefined) return;
    await this.#tasks.pass(patience * 1_000);
    await this.#press("confirm", value, asker, { channel: "C0BLUEGREEN", ts: "0.0" });
  }

  #type(text: string, user: string): Promise<Reply | undefined> {
    const form = { command: "/bluegreen", text, user_id: user, user_name: "somebody", team_id: "T0", channel_id: "C0BLUEGREEN" };
    return this.#deliver({ ...form, response_url: this.#url(), trigger_id: String(this.#asked) });
  }

  #press(action: string, value: string, user: string, at: { channel: string; ts: string }): Promise<Reply | undefined> {
    const payload = {
      type: "block_actions",
      user: { id: user, username: "somebody", team_id: "T0" },
      team: { id: "T0" },
      channel: { id: at.channel },
      container: { message_ts: at.ts },
      response_url: this.#url(),
      actions: [{ action_id: action, value }],
    };
    return this.#deliver({ payload: JSON.stringify(payload) });
  }

  #url(): string {
    this.#asked += 1;
    return `https://hooks.slack.com/commands/T0/${this.#asked}/${SECRET}`;
  }

  /** What Slack sent is answered once, or twice if it comes twice; Lambda tries again what fails. */
  async #deliver(form: Record<string, string>): Promise<Reply | undefined> {
    const body = new URLSearchParams(form).toString();
    let reply: Reply | undefined;
    const send = async (_url: string, sent: Reply) => {
      reply = sent;
    };
    const answer = () =>
      this.#seen.run(async (dependencies) => {
        await createAnswerHandler({ ...dependencies, replies: { send } })({ body }, { getRemainingTimeInMillis: () => 30_000 });
      });
    if (this.#random.is(0.1)) this.#tasks.after(this.#random.between(1, 180) * 1_000, answer);
    await answer();
    return reply;
  }
}

/** The value of the button with that action in a message; undefined if it has none. */
export function buttonIn(message: unknown, action: string): string | undefined {
  if (typeof message !== "object" || message === null) return undefined;
  if ("action_id" in message && message.action_id === action && "value" in message) return String(message.value);
  for (const part of Object.values(message)) {
    const found = buttonIn(part, action);
    if (found !== undefined) return found;
  }
  return undefined;
}
