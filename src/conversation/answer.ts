import { logged } from "../deployments/person.ts";
import { answer, helpReply } from "../messages/slack/command-replies.ts";
import { instead, type Reply, toAsker } from "../messages/slack/reply.ts";
import { isOperationName } from "../operations/index.ts";
import { listingOnce } from "../operations/read/listed-before.ts";
import { cancel, force } from "./cancel.ts";
import { confirm, readConfirmation, showPlan } from "./plan.ts";
import type { AnswerDependencies } from "./ports.ts";
import { approve, holdAnnounced, pressedCard, reject } from "./press.ts";
import { createRefusals, type Refusals } from "./refusals.ts";
import type { Press, TypedCommand } from "./slack-request.ts";
import { readSlashCommand } from "./slash-command.ts";
import { status } from "./status.ts";
import { take } from "./take.ts";

/** Creates the function that answers a command or a press, and does what it asks for. @throws what the clients throw */
export function createAnswer(given: AnswerDependencies): (request: TypedCommand | Press) => Promise<Reply> {
  // A plan is made again when it is confirmed.
  const dependencies = { ...given, rds: listingOnce(given.rds, () => given.time.now()) };
  const { log } = dependencies.telemetry;
  const refusals = createRefusals(dependencies);
  return async (request) => {
    const refusal = await refusals.ofPlace(request);
    if (refusal) {
      log.info("Refused", { from: "slack", by: logged(request.actor), reason: "another workspace or channel" });
      return toAsker(refusal);
    }
    return request.kind === "command" ? toCommand(request, refusals, dependencies) : toPress(request, refusals, dependencies);
  };
}

async function toCommand(request: TypedCommand, { unlessOperator }: Refusals, dependencies: AnswerDependencies): Promise<Reply> {
  const { actor } = request;
  const command = readSlashCommand(request.text);
  switch (command.command) {
    case "help":
      return toAsker(helpReply(command.problem));
    case "status":
      return toAsker(await status(command.name, dependencies));
    case "cancel":
      return unlessOperator(request, "cancel", async () =>
        toAsker(await (command.force ? force : cancel)(command.name, actor, dependencies)),
      );
    default: {
      const { command: operation, name: typed, timeoutSeconds } = command;
      return unlessOperator(request, operation, () => showPlan({ operation, typed, timeoutSeconds, actor }, dependencies));
    }
  }
}

async function toPress(press: Press, refusals: Refusals, dependencies: AnswerDependencies): Promise<Reply> {
  const { action } = press;
  const { unlessOperator, mayOperate } = refusals;
  if (isOperationName(action)) return unlessOperator(press, action, () => pressedCard(press, action, dependencies));
  switch (action) {
    case "hold":
      return holdAnnounced(press, dependencies);
    case "take":
      return take(press, dependencies);
    case "approve":
      return unlessOperator(press, action, () => approve(press, mayOperate, dependencies));
    case "reject":
      return unlessOperator(press, action, () => reject(press, dependencies));
    case "confirm":
    case "dismiss":
      return toDecision(press, action, refusals, dependencies);
  }
}

/** Handles the decision about a plan, which only its asker can make. */
async function toDecision(
  press: Press,
  action: "confirm" | "dismiss",
  { unlessOperator, mayOperate }: Refusals,
  dependencies: AnswerDependencies,
): Promise<Reply> {
  const confirmation = readConfirmation(press.value);
  if (!confirmation || confirmation.asker !== press.actor.id) {
    const { log } = dependencies.telemetry;
    log.info("Refused", { from: "slack", by: logged(press.actor), what: action, reason: "not the asker's plan" });
    return toAsker(answer({ code: "not-your-plan" }));
  }
  if (action === "dismiss") return instead(answer({ code: "left-as-it-is" }));
  return unlessOperator(press, action, () => confirm(confirmation, press.actor, mayOperate, dependencies));
}
