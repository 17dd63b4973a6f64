import { notAnOperator, notHere, operatorsUnknown, shortReply } from "../messages/command-replies.ts";
import type { Message } from "../messages/message.ts";
import { type Reply, toAsker } from "../messages/reply.ts";
import { createOperators } from "./operators.ts";
import type { AnswerDependencies } from "./ports.ts";
import type { Press, TypedCommand } from "./slack-request.ts";

/** Decides who is refused what, before anything is looked at. */
export interface Refusals {
  /** Why requests from that workspace or channel are refused; undefined if they are allowed. */
  ofPlace(request: TypedCommand | Press): Promise<Message | undefined>;
  /** Does `work`, which changes something, for an operator; tells anybody else why not, and logs `what` was refused. */
  unlessOperator(request: TypedCommand | Press, what: string, work: () => Promise<Reply>): Promise<Reply>;
}

/** Creates the refusals, which ask Slack once which workspace is the guard's own. */
export function createRefusals(dependencies: AnswerDependencies): Refusals {
  const { people, telemetry, time, commandChannels, operators, operations } = dependencies;
  const mayOperate = createOperators({ operators, people, log: telemetry.log, now: () => time.now() });
  let workspace: string | undefined;

  async function ofPerson({ actor }: TypedCommand | Press): Promise<Message | undefined> {
    if (!operations) return shortReply("warning", "This guard was deployed without operations, so it can change nothing.");
    const may = await mayOperate(actor.id);
    if (may === "yes") return undefined;
    return may === "no" ? notAnOperator(operators.length) : operatorsUnknown(may === "unreadable");
  }

  return {
    async ofPlace({ workspace: from, channel }) {
      workspace ??= await people.workspace();
      if (from !== workspace) return shortReply("warning", "The guard takes commands from people of its own workspace alone.");
      return commandChannels.length === 0 || commandChannels.includes(channel) ? undefined : notHere(commandChannels);
    },
    async unlessOperator(request, what, work) {
      const refusal = await ofPerson(request);
      if (!refusal) return work();
      telemetry.log.info("Refused", { from: "slack", by: request.actor.name, what, reason: "no operator" });
      return toAsker(refusal);
    },
  };
}
