import type { Installation } from "../clients/slack/people.ts";
import { logged } from "../deployments/person.ts";
import { answer } from "../messages/slack/command-replies.ts";
import type { Message } from "../messages/slack/message.ts";
import { type Reply, toAsker } from "../messages/slack/reply.ts";
import { createOperators, type MayOperate } from "./operators.ts";
import { belongs, isWhereInstalled } from "./origin.ts";
import type { AnswerDependencies } from "./ports.ts";
import type { Press, TypedCommand } from "./slack-request.ts";

/** Decides who is refused what, before anything is looked at. */
export interface Refusals {
  /** Why requests from there or of such people, or commands in that channel, are refused; undefined if they are allowed. */
  ofPlace(request: TypedCommand | Press): Promise<Message | undefined>;
  /** Does `work`, which changes something, for an operator; tells anybody else why not, and logs `what` was refused. */
  unlessOperator(request: TypedCommand | Press, what: string, work: () => Promise<Reply>): Promise<Reply>;
  /** Whether the user with the id may have something changed, as Slack says now. */
  mayOperate(user: string): Promise<MayOperate>;
}

/** Creates the refusals, which ask Slack once where the guard is installed. */
export function createRefusals(dependencies: AnswerDependencies): Refusals {
  const { people, telemetry, time, commandChannels, operators, operations } = dependencies;
  const mayOperate = createOperators({ operators, people, log: telemetry.log, now: () => time.now() });
  let installed: Installation | undefined;

  async function ofPerson({ actor, kind }: TypedCommand | Press): Promise<Message | undefined> {
    if (!operations) return answer({ code: "without-operations" });
    const may = await mayOperate(actor.id, { afresh: kind === "press" });
    if (may === "yes") return undefined;
    if (may !== "no") return answer({ code: "operators-unknown", lasts: may === "unreadable" });
    return answer({ code: operators.length === 0 ? "no-operators" : "not-an-operator" });
  }

  return {
    mayOperate: (user) => mayOperate(user, { afresh: true }),
    async ofPlace({ origin, channel, kind, actor }) {
      installed ??= await people.installation();
      const belonging = belongs(origin, installed);
      if (!isWhereInstalled(origin, installed) || belonging === "no") return answer({ code: "elsewhere" });
      // Operators are named by the team itself, one by one or by its own user groups.
      if (belonging === "unknown" && (await mayOperate(actor.id, { afresh: true })) !== "yes") return answer({ code: "perhaps-elsewhere" });
      // A button stands on a message of the guard's own, which whatever it does looks up.
      if (kind === "press" || commandChannels.length === 0 || commandChannels.includes(channel)) return undefined;
      return answer({ code: "not-here", channels: commandChannels });
    },
    async unlessOperator(request, what, work) {
      const refusal = await ofPerson(request);
      if (!refusal) return work();
      telemetry.log.info("Refused", { from: "slack", by: logged(request.actor), what, reason: "no operator" });
      return toAsker(refusal);
    },
  };
}
