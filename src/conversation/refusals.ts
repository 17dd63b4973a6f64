import { notAnOperator, notHere, operatorsUnknown, shortReply } from "../messages/command-replies.ts";
import type { Message } from "../messages/message.ts";
import { type Reply, toAsker } from "../messages/reply.ts";
import { createOperators, type MayOperate } from "./operators.ts";
import type { AnswerDependencies } from "./ports.ts";
import type { Press, TypedCommand } from "./slack-request.ts";

/** Decides who is refused what, before anything is looked at. */
export interface Refusals {
  /** Why requests from that workspace, or commands in that channel, are refused; undefined if they are allowed. */
  ofPlace(request: TypedCommand | Press): Promise<Message | undefined>;
  /** Does `work`, which changes something, for an operator; tells anybody else why not, and logs `what` was refused. */
  unlessOperator(request: TypedCommand | Press, what: string, work: () => Promise<Reply>): Promise<Reply>;
  /** Whether the user with the id may have something changed, as Slack says now. */
  mayOperate(user: string): Promise<MayOperate>;
}

/** Creates the refusals, which ask Slack once which workspace is the guard's own. */
export function createRefusals(dependencies: AnswerDependencies): Refusals {
  const { people, telemetry, time, commandChannels, operators, operations } = dependencies;
  const mayOperate = createOperators({ operators, people, log: telemetry.log, now: () => time.now() });
  let workspace: string | undefined;

  async function ofPerson({ actor, kind }: TypedCommand | Press): Promise<Message | undefined> {
    if (!operations) return shortReply("warning", "This guard was deployed without operations, so it can change nothing.");
    const may = await mayOperate(actor.id, { afresh: kind === "press" });
    if (may === "yes") return undefined;
    return may === "no" ? notAnOperator(operators.length) : operatorsUnknown(may === "unreadable");
  }

  return {
    mayOperate: (user) => mayOperate(user, { afresh: true }),
    async ofPlace({ workspace: from, channel, kind }) {
      workspace ??= await people.workspace();
      if (from !== workspace) return shortReply("warning", "The guard takes commands from people of its own workspace alone.");
      // A button stands on a message of the guard's own, which whatever it does looks up.
      if (kind === "press" || commandChannels.length === 0 || commandChannels.includes(channel)) return undefined;
      return notHere(commandChannels);
    },
    async unlessOperator(request, what, work) {
      const refusal = await ofPerson(request);
      if (!refusal) return work();
      telemetry.log.info("Refused", { from: "slack", by: request.actor.name, what, reason: "no operator" });
      return toAsker(refusal);
    },
  };
}
