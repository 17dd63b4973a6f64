import type { Form } from "../../form.ts";
import { told } from "../../sentences.ts";

/** Where a command works, and who does the work. */
export const PLACES = {
  place: (account: string | undefined, region: string, endpoint: string | undefined): string =>
    `${account === undefined ? "account unknown (STS did not say)" : `account ${account}`} · ${region} · ${endpoint ?? "AWS's own endpoint"}`,
  deployed: (table: string, bus: string, as: Form): string =>
    `The deployed guard does the work (table ${as.code(table, 255)}, event bus ${as.code(bus, 255)}).`,
  here: (folder: string, isWatched: boolean, as: Form): string =>
    told(
      `This process does the work, without a deployed guard. Its state is in ${as.code(folder, 600)}.`,
      isWatched ? "The watch on this computer tells Slack." : "",
    ),
  noSlack: "There are no Slack settings.",
};

/** Why nothing may do the guard's work beside a deployed one. */
export const BESIDE = {
  /** `instead` says what to do, as a sentence. */
  isDeployed: (bus: string, instead: string, as: Form): string =>
    `The guard is deployed in this account and region: its event bus "${as.text(bus, 255)}" is there. ${instead}`,
  /** `why` are AWS's words. */
  unseen: (why: string): string =>
    `Whether the guard is deployed in this account and region cannot be seen. ${why} ` +
    "Two guards on the same databases get in each other's way. Sign in with the permission events:DescribeEventBus, " +
    "or give --alone if you know that it is not deployed here.",
  insteadOfOperating: "Set BLUEGREEN_GUARD_TABLE to its stack's output BlueGreenGuardTable: then it does the work. Nothing was changed.",
  insteadOfWatching: "It watches all the time: a second one would tell everything twice.",
};

/** What is wrong with where a command is to work. */
export const MISPLACED = {
  noSuchThing: (what: "event bus" | "table", name: string | undefined, variable: string, as: Form): string =>
    `There is no ${what} "${as.text(name ?? "", 255)}" here. Look at ${variable}, and at account and region.`,
  noFolder: (path: string): string => `${path} is no folder: choose another folder with --state.`,
  earlierState: (root: string, path: string): string =>
    `${root} holds the state of an earlier version, which did not keep accounts, regions and endpoints apart. ` +
    `Move its folders records and executions to ${path} if they belong there, or choose another folder with --state.`,
  inUse: (pid: number, since: string, look: string, cancel: string, as: Form): string =>
    [
      `Process ${pid} works in this state folder since ${as.time(since)}: one at a time. Let it go on, and look with:`,
      `  ${look}`,
      "or have it stop before its next change with:",
      `  ${cancel}`,
    ].join("\n"),
  /** `problems` are sentences, `needed` is what has to be set. */
  slackSettings: (problems: string, needed: string): string => `${problems} Set ${needed}, or none of them: then Slack is told nothing.`,
};
