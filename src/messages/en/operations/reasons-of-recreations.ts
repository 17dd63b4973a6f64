import type { OfCreations, OfDeletions } from "../../../operations/says/reasons.ts";
import type { Words } from "../../form.ts";
import type { Telling } from "../../telling.ts";
import { called } from "./names.ts";

/** Why a deletion is not done, or has not ended. */
export const OF_DELETIONS: Words<OfDeletions, Telling> = {
  "not-named-as-green": ({ name }, as) => `${as.text(name, 90)} is not named -green- and six letters or digits: its protection stays on.`,
  "not-a-target": ({ name }, as) => `RDS does not list ${as.text(name, 90)} as a target any more: its protection stays on.`,
  "unprotecting-refused": ({ text }, as) => `RDS refused to turn off its protection: ${as.text(text)}`,
  "deletion-not-begun": ({ deployment }, as) => `${called(deployment, as)} is there, and is not being deleted.`,
  "deletion-not-by-old-plan": ({ deployment }, as) =>
    `${called(deployment, as)} is there, and is not being deleted. Nothing is deleted by a plan of before.`,
  "deletion-refused-perhaps": () => "RDS refused the deletion, though it may have taken an earlier call: it is looked at again.",
  "gave-up-deletion": ({ by }, as) => `${as.person(by)} gave up waiting for the deletion, which RDS goes on with.`,
  "green-kept": ({ names }, as) =>
    `The deployment is gone, and green stays: ${names.map((it) => as.text(it, 90)).join(", ")}. Somebody has deleted the deployment without green. ` +
    "See what they hold, and that nothing uses them, before you delete or rename them.",
};

/** Why nothing is created, or what was created is of no use; and what a person did with it before the guard saw it ready. */
export const OF_CREATIONS: Words<OfCreations, Telling> = {
  "other-created": ({ deployment }, as) =>
    `${called(deployment, as)} was created on this database meanwhile: nothing is created beside it.`,
  "created-without-id": () => "RDS's answer to the creation names no id: the new deployment is looked up by its name.",
  "blue-replaced": ({ name, found, expected }, as) =>
    `${as.text(name, 90)} is ${as.text(found, 90)}, and the request is about ${as.text(expected, 90)}: it was replaced or switched over since. Nothing is created on it.`,
  "gave-up-creation": ({ by, id }, as) => `${as.person(by)} gave up waiting for ${as.text(id, 60)}, which RDS goes on building.`,
  "new-gone": ({ id }, as) => `The new deployment ${as.text(id, 60)} is gone: somebody has deleted it.`,
  "new-being-deleted": ({ id }, as) => `The new deployment ${as.text(id, 60)} is being deleted: somebody has asked RDS for that.`,
  "never-ready": ({ id, status, task, details }, as) =>
    `The new deployment ${as.text(id, 60)} is ${as.text(status, 60)}${task ? ` at ${as.text(task, 60)}` : ""}. ${details ? as.text(details) : ""}`.trim(),
  "degraded-again": ({ at }, as) =>
    `DDL ran on blue again at ${as.clock(at)}, so the new deployment is degraded as well. Stop what runs it before it is created once more.`,
  "switching-over-already": () => "Somebody is switching it over already.",
  "switched-over-since": () => "Somebody has switched it over since.",
  "switchover-failed-since": () => "Somebody has tried to switch it over, which failed: its card says more.",
  "status-since": ({ status }, as) => `RDS says ${as.text(status, 60)} of it: its card says more.`,
};
