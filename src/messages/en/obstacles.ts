import type { Obstacle } from "../../standing/obstacles.ts";
import type { Form } from "../form.ts";

/** What is in the way, without a full stop: `x-green is storage-optimization (42 %)`. */
export function obstacleReason({ code, name, status, percent }: Obstacle, as: Form): string {
  const progress = percent ? ` (${as.text(percent, 10)} %)` : "";
  switch (code) {
    case "no-green":
      return "Green is not there yet";
    case "replication":
      return `Replication to ${as.code(name, 90)} is ${status === "error" ? "stopped with an error" : as.text(status, 60)}`;
    case "database-not-found":
      return `RDS does not know ${as.code(name, 90)}`;
    case "production":
      return "It is not known that every name which applications use leads to blue";
    default:
      return `${as.code(name, 90)} is ${status ? as.text(status, 60) : "without a status"}${progress}`;
  }
}

const BY_STATUS: readonly (readonly [pattern: RegExp, remedy: string])[] = [
  [/^storage-full$/, "Waiting does not help: raise its allocated storage."],
  [/^incompatible-parameters$/, "Waiting does not help: correct its parameter group, and reboot it."],
  [/^incompatible-/, "Waiting does not help: look in its events for what is incompatible, and correct that."],
  [/^inaccessible-/, "RDS cannot use its KMS key: enable the key, and start the database."],
  [/^stopp(ed|ing)$/, "Start it."],
  [/fail|error|insufficient/, "Waiting does not help: look in its events for the reason."],
  [/^delet/, "Somebody is deleting it: look at it in the RDS console."],
];

/** What to do about it: what heals is waited for, what does not says how. */
export function obstacleRemedy({ code, name, status, heals }: Obstacle, as: Form): string {
  if (code === "replication")
    return status === "stopped" || status === "error" ? replicationRemedy(status) : "Green cannot be repaired: recreate the deployment.";
  if (code === "database-not-found") return `Look for ${as.code(name, 90)} in the RDS console.`;
  if (code === "production") return "Look in the RDS console which database bears which name.";
  if (heals) return `Wait until ${code === "task" || code === "no-green" ? "green is built" : "it is available"}.`;
  return BY_STATUS.find(([pattern]) => pattern.test(status))?.[1] ?? "Waiting does not help: look at it in the RDS console.";
}

/** What to do about replication that is stopped or has an error. */
export const replicationRemedy = (state: "stopped" | "error"): string => REPLICATION[state];

const REPLICATION = {
  // It leaves out a read replica: a public rehearsal on RDS for MySQL, xiaofeng8458/kiro-agent-canal-cutover, report of 2026-08-15, 4.1.
  stopped:
    "While green does not follow blue, RDS refuses a switchover or leaves this database out of it. If it does not resume by itself, look at green's error log.",
  error: "Green does not follow blue until the error is gone: look at green's error log.",
} as const;
