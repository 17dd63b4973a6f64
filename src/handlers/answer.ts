import { createHash } from "node:crypto";
import type { SlackDelivery } from "../clients/answer-function.ts";
import type { Item } from "../clients/records.ts";
import { cancel } from "../conversation/cancel.ts";
import { createOperators } from "../conversation/operators.ts";
import { confirm, readConfirmation, showPlan } from "../conversation/plan.ts";
import type { Confirmation } from "../conversation/planning.ts";
import type { AnswerDependencies } from "../conversation/ports.ts";
import { approve, hold, pressedCard, reject } from "../conversation/press.ts";
import { type Press, readSlackRequest, type TypedCommand } from "../conversation/slack-request.ts";
import { readSlashCommand } from "../conversation/slash-command.ts";
import { status } from "../conversation/status.ts";
import { helpReply, notAnOperator, notHere, operatorsUnknown, shortReply } from "../messages/command-replies.ts";
import type { Message } from "../messages/message.ts";
import { instead, type Reply, toAsker } from "../messages/reply.ts";

/** That a request from Slack was begun, and whether it was answered; a copy of it finds this. */
interface Answered extends Item {
  done?: boolean;
  /** When DynamoDB forgets it, seconds since 1970. */
  expiresAt: number;
}

const TRY_AGAIN = "Something went wrong here, so this may not have been done.";
const DIED = "The guard stopped in the middle of this, so it may not have been done.";
const LOOK_FIRST = "See how things stand with `/bluegreen status` and then try again.";
// Lambda tries again for a quarter of an hour; a copy is refused as stale after five minutes.
const KEPT_SECONDS = 24 * 3_600;

/**
 * Makes the handler that answers commands and presses: it reads, plans, writes down what operators have confirmed and has it begun.
 *
 * It is invoked with what Slack has signed, once or several times: each is answered once.
 *
 * @throws what the clients throw, after it has told the asker to try again.
 */
export function createAnswerHandler(dependencies: AnswerDependencies): (delivery: SlackDelivery) => Promise<void> {
  const { records, replies, telemetry, time, people } = dependencies;
  const mayOperate = createOperators({ ...dependencies, log: telemetry.log, now: () => time.now() });
  let workspace: string | undefined;

  /** Why nobody may ask for anything from there. */
  async function refusedThere(request: TypedCommand | Press): Promise<Message | undefined> {
    workspace ??= await people.workspace();
    if (request.workspace !== workspace) return shortReply("warning", "The guard takes commands from people of its own workspace alone.");
    const { commandChannels } = dependencies;
    if (commandChannels.length === 0 || commandChannels.includes(request.channel)) return undefined;
    return notHere(commandChannels);
  }

  /** Why this person may have nothing changed. */
  async function refusedTo({ actor }: TypedCommand | Press): Promise<Message | undefined> {
    if (!dependencies.operations) {
      return shortReply("warning", "This guard was deployed without operations, so it can change nothing.");
    }
    const may = await mayOperate(actor.id);
    if (may === "yes") return undefined;
    return may === "unknown" ? operatorsUnknown() : notAnOperator(dependencies.operators.length);
  }

  async function changing(request: TypedCommand | Press, what: string, work: () => Promise<Reply>): Promise<Reply> {
    const refusal = await refusedTo(request);
    if (!refusal) return work();
    telemetry.log.info("Refused", { from: "slack", by: request.actor.name, what, reason: "no operator" });
    return toAsker(refusal);
  }

  async function answerCommand(request: TypedCommand): Promise<Reply> {
    const { actor } = request;
    const command = readSlashCommand(request.text);
    switch (command.command) {
      case "help":
        return toAsker(helpReply(command.problem));
      case "status":
        return toAsker(await status(command.name, dependencies));
      case "cancel":
        return changing(request, "cancel", async () => toAsker(await cancel(command.name, actor, dependencies)));
      case "recreate":
        return changing(request, "recreate", () => showPlan({ operation: "recreate", typed: command.name, actor }, dependencies));
      case "switchover": {
        const { name: typed, timeoutSeconds } = command;
        return changing(request, "switchover", () => showPlan({ operation: "switchover", typed, timeoutSeconds, actor }, dependencies));
      }
    }
  }

  async function answerPress(press: Press): Promise<Reply> {
    const { action } = press;
    switch (action) {
      case "hold":
        return hold(press, dependencies);
      case "recreate":
      case "switchover":
        return changing(press, action, () => pressedCard(press, action, dependencies));
      case "approve":
        return changing(press, action, () => approve(press, dependencies));
      case "reject":
        return changing(press, action, () => reject(press, dependencies));
      case "confirm":
      case "dismiss":
        return decide(press, action);
    }
  }

  async function decide(press: Press, action: "confirm" | "dismiss"): Promise<Reply> {
    const confirmation: Confirmation | undefined = readConfirmation(press.value);
    if (!confirmation || confirmation.asker !== press.actor.id) {
      telemetry.log.info("Refused", { from: "slack", by: press.actor.name, what: action, reason: "not the asker's plan" });
      return toAsker(shortReply("warning", "This plan is not yours to decide on.", "Type `/bluegreen help` to see what you can ask for."));
    }
    if (action === "dismiss") return instead(shortReply("info", "Left as it is: nothing was changed."));
    return changing(press, action, () => confirm(confirmation, press.actor, dependencies));
  }

  return async ({ body }) => {
    const request = readSlackRequest(body);
    if (!request) {
      telemetry.log.info("Refused", { from: "slack", reason: "neither a command nor a press of one of the guard's buttons" });
      return;
    }
    const { actor, responseUrl } = request;
    const mark: Answered = { key: `slack#${digest(body)}`, version: 0, expiresAt: Math.floor(time.now() / 1_000) + KEPT_SECONDS };
    if (!(await records.write(mark))) {
      const stored = await records.read<Answered>(mark.key);
      if (!stored || stored.done) {
        telemetry.log.info("Refused", { from: "slack", by: actor.name, reason: "a copy of what was answered" });
        return;
      }
      await records.write({ ...stored, done: true });
      await replies.send(responseUrl, toAsker(shortReply("warning", DIED, LOOK_FIRST)));
      return;
    }
    try {
      const refusal = await refusedThere(request);
      if (refusal) telemetry.log.info("Refused", { from: "slack", by: actor.name, reason: "another workspace or channel" });
      const reply = refusal ? toAsker(refusal) : await (request.kind === "command" ? answerCommand(request) : answerPress(request));
      await replies.send(responseUrl, reply);
    } catch (error) {
      // What failed is thrown below; whether this arrives changes nothing in that.
      await replies.send(responseUrl, toAsker(shortReply("warning", TRY_AGAIN, LOOK_FIRST))).catch(() => undefined);
      throw error;
    } finally {
      await records.write({ ...mark, version: 1, done: true });
    }
  };
}

const digest = (body: string): string => createHash("sha256").update(body).digest("hex").slice(0, 40);
