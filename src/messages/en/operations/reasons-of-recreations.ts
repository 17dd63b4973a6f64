import type { OfCreations, OfDeletions } from "../../../operations/says/reasons.ts";
import type { Words } from "../../form.ts";
import type { Telling } from "../../telling.ts";
import { called } from "./names.ts";

/** Why a deletion is not done, or has not ended. */
export const OF_DELETIONS: Words<OfDeletions, Telling> = {
  "not-named-as-green": ({ name }, as) =>
    `The name of ${as.code(name, 90)} does not end in -green- and six letters or digits: its deletion protection stays on.`,
  "not-a-target": ({ name }, as) => `RDS does not list ${as.code(name, 90)} as green any more: its deletion protection stays on.`,
  "unprotecting-refused": ({ text }, as) => `RDS refused to turn off its deletion protection: ${as.text(text)}`,
  "deletion-not-begun": ({ deployment }, as) => `${called(deployment, as)} still exists, and is not being deleted.`,
  "deletion-not-by-old-plan": ({ deployment }, as) =>
    `${called(deployment, as)} still exists, and is not being deleted. The plan is outdated, so the guard deletes nothing.`,
  "deletion-refused-perhaps": () => "RDS refused the deletion, but may have accepted an earlier call: the guard looks again.",
  "gave-up-deletion": ({ by }, as) => `${as.person(by)} stopped waiting for the deletion, which RDS goes on with.`,
  "green-kept": ({ names }, as) =>
    `The deployment is gone, and green still exists: ${names.map((it) => as.code(it, 90)).join(", ")}. Somebody has deleted the deployment without green. ` +
    "Make sure that nothing uses it before you delete or rename it.",
};

/** Why nothing is created, or what was created is of no use; and what a person did with it before the guard saw it ready. */
export const OF_CREATIONS: Words<OfCreations, Telling> = {
  "other-created": ({ deployment }, as) =>
    `${called(deployment, as)} was created on this database meanwhile: the guard creates no second one.`,
  "created-without-id": () => "RDS accepted the creation without naming an id: the guard looks for the new deployment by its name.",
  "blue-replaced": ({ name }, as) =>
    `${as.code(name, 90)} is another database by now: it was replaced or switched over since. The guard creates nothing on it.`,
  "gave-up-creation": ({ by }, as) => `${as.person(by)} stopped waiting for the new deployment, which RDS goes on building.`,
  "new-gone": () => "The new deployment is gone: somebody has deleted it.",
  "new-being-deleted": () => "The new deployment is being deleted: somebody has asked RDS for that.",
  "never-ready": ({ status, task, details }, as) =>
    `The new deployment is ${as.text(status, 60)}${task ? ` at ${as.text(task, 60)}` : ""}. ${details ? as.text(details) : ""}`.trim(),
  "degraded-again": ({ at }, as) =>
    `DDL ran on blue again at ${as.clock(at)}, so the new deployment is degraded as well. Stop what runs it before it is created once more.`,
  "switching-over-already": () => "Somebody is switching it over already.",
  "switched-over-since": () => "Somebody has switched it over since.",
  "switchover-failed-since": () => "Somebody has tried to switch it over, which failed: its card says more.",
  "status-since": ({ status }, as) => `RDS says ${as.text(status, 60)} of it: its card says more.`,
};
