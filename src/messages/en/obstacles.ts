import type { Obstacle } from "../../standing/obstacles.ts";
import type { Form } from "../form.ts";

/** What is in the way, without a full stop: `x-green is storage-optimization (42 %)`. */
export function obstacleReason({ code, name, status, percent }: Obstacle, as: Form): string {
  const progress = percent ? ` (${as.text(percent, 10)} %)` : "";
  switch (code) {
    case "no-green":
      return "Green is not there yet";
    case "replication":
      return `Replication to ${as.text(name, 90)} is ${status === "error" ? "stopped with an error" : as.text(status, 60)}`;
    case "database-not-found":
      return `RDS does not know ${as.text(name, 90)}`;
    case "production":
      return "It is not known that every name which applications use leads to blue";
    default:
      return `${as.text(name, 90)} is ${status ? as.text(status, 60) : "without a status"}${progress}`;
  }
}

const BY_STATUS: readonly (readonly [pattern: RegExp, remedy: string])[] = [
  [/^storage-full$/, "It stays so until its storage is enlarged: raise its allocated storage."],
  [/^incompatible-parameters$/, "It stays so until its parameter group is mended: correct the parameters, and reboot it."],
  [/^incompatible-/, "It does not heal by waiting: look in its events for what is incompatible, and correct that."],
  [/^inaccessible-/, "It stays so until RDS can use its KMS key again: enable the key, and start the database."],
  [/^stopp(ed|ing)$/, "It stays so until somebody starts it: start it."],
  [/fail|error|insufficient/, "It does not heal by waiting: look in its events for the reason."],
  [/^delet/, "It is being deleted: see what became of it in the RDS console."],
];

/** What to do about it: what heals is waited for, what does not says how. */
export function obstacleRemedy({ code, name, status, heals }: Obstacle, as: Form): string {
  if (code === "replication")
    return status === "stopped" || status === "error" ? replicationRemedy(status) : "Green cannot be repaired: recreate the deployment.";
  if (code === "database-not-found") return `See what became of ${as.text(name, 90)} in the RDS console.`;
  if (code === "production") return "Look in the RDS console which database bears which name.";
  if (heals) return `Wait until ${code === "task" || code === "no-green" ? "green is built" : "it is available"}.`;
  return BY_STATUS.find(([pattern]) => pattern.test(status))?.[1] ?? "It does not heal by waiting: look at it in the RDS console.";
}

/** What to do about replication that is stopped or has an error. */
export const replicationRemedy = (state: "stopped" | "error"): string => REPLICATION[state];

const REPLICATION = {
  // It leaves out a read replica: a public rehearsal on RDS for MySQL, xiaofeng8458/kiro-agent-canal-cutover, report of 2026-08-15, 4.1.
  stopped:
    "While green does not follow blue, RDS refuses a switchover or leaves this database out of it. If it does not resume by itself, look at green's error log.",
  error: "Green does not follow blue until the error is gone: look at green's error log.",
} as const;
