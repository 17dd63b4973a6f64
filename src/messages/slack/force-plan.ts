import { utc } from "../../deployments/time-words.ts";
import type { ForceFacts } from "../../operations/force.ts";
import { OPERATIONS } from "../../operations/index.ts";
import { LEAVES } from "../stopping.ts";
import { oneLine } from "../text.ts";
import { buttons } from "./buttons.ts";
import { context, header, type Message, message, section } from "./message.ts";
import { plain } from "./mrkdwn.ts";

/** What ending an operation by force means, in words that a person can refuse; the same for Slack and the terminal. */
export function forceParts({ request, owner, leaves, rds }: ForceFacts, isHere = false): { title: string; lines: string[] } {
  const { operation, deploymentName, requestedBy, requestedAt, notes = [], attemptedAt, outcome } = request;
  const last = outcome?.text ?? notes.at(-1)?.text ?? "It has written down nothing yet.";
  return {
    title: `End the ${OPERATIONS[operation].noun} of ${deploymentName} by force?`,
    lines: [
      `Asked for by ${requestedBy} at ${utc(requestedAt)}. Its last words: ${last}`,
      ownerWords(owner, isHere),
      "It ends for good: should it be at work somewhere all the same, it stops before its next change to RDS. What RDS is doing by now, RDS goes on with.",
      LEAVES[leaves],
      ...(attemptedAt === undefined || outcome !== undefined
        ? []
        : ["How the switchover ends is unclear then: the database stays claimed until a person has looked, and cancels once more."]),
      "Nothing begins on this database for ten minutes after it is released.",
      ...rds,
    ],
  };
}

/** What is known of its execution, and what that means for the database. */
function ownerWords(owner: ForceFacts["owner"], isHere: boolean): string {
  switch (owner.state) {
    case "running":
      return isHere
        ? "Its execution is in this folder, and no other process works on it: it is stopped, and the database is released."
        : "Lambda says that its execution is running. Lambda is asked to stop it, and the database is released once Lambda says that it has ended. A call that it makes at this moment may still reach RDS.";
    case "ended":
      return `Its execution has ended (${owner.status}): the database is released within five minutes, with or without this.`;
    case "gone":
      return isHere
        ? "This folder has no such execution, so no process works on it: the database is released."
        : "Lambda answers that there is no such execution: the database is released within five minutes.";
    case "unknown":
      return `Whether its execution is running could not be asked: ${owner.why}. Nothing is released before Lambda says that it has ended.`;
  }
}

/** The plan for Slack, with its buttons; `notes` come before it, and `confirm` is what they send back. */
export function forcePlanMessage(facts: ForceFacts, confirm: string, notes: readonly string[] = []): Message {
  const { title, lines } = forceParts(facts);
  const heading = oneLine(title, 140);
  return message("warning", plain(heading), header(heading), [
    ...notes.map((note) => section(plain(note, 600))),
    section(lines.map((line) => plain(line, 600)).join("\n")),
    buttons(
      { action: "confirm", words: "End it by force", value: confirm, style: "danger" },
      { action: "dismiss", words: "Cancel", value: confirm },
    ),
    context("Only you see this. It can be confirmed for 30 minutes, once."),
  ]);
}

/** What came of it, once it was confirmed. */
export function forcedWords({ request, owner, rds }: Pick<ForceFacts, "request" | "owner" | "rds">, isHere = false): string {
  return [forced(request, owner, isHere), ...rds].join(" ");
}

function forced({ attemptedAt, outcome }: ForceFacts["request"], owner: ForceFacts["owner"], isHere: boolean): string {
  switch (owner.state) {
    case "running":
      return "It makes no further change. Its execution is not known to have ended yet, and the database stays claimed until it has.";
    case "unknown":
      return "It makes no further change. Whether its execution has ended could not be asked, and the database stays claimed until Lambda says so.";
    default:
      if (attemptedAt !== undefined && (outcome === undefined || outcome.result === "unclear"))
        return "It is ended, and makes no further change. How the switchover ends is unclear: the database stays claimed until a person has looked, and cancels once more.";
      return `It is ended, and makes no further change. The database is released${isHere ? "" : " within five minutes"}; nothing begins on it for ten minutes after that.`;
  }
}
