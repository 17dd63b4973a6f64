import { join } from "node:path";
import * as words from "../../../src/messages/language.ts";
import { inTerminal } from "../../../src/messages/terminal/form.ts";
import type { OperationName } from "../../../src/operations/index.ts";
import { terminalCommand } from "../../../src/plans/command-lines.ts";
import type { AskedFields } from "../../../src/plans/spec/settled.ts";
import { SettingsError } from "../../../src/settings/settings.ts";
import { readTerminalSettings } from "../../../src/settings/terminal.ts";
import { FolderInUseError, isFolderInUse } from "../../engine/folder-lock.ts";
import { openRecordsFolder } from "../../records-folder.ts";
import { StateError } from "../../state-file.ts";
import { EXIT } from "../exit.ts";
import { Mistake } from "../mistake.ts";
import { problemOf } from "../problem.ts";
import { SLACK_NEEDED } from "../slack-here.ts";
import type { AskedCommand } from "./asked.ts";
import { cancelElsewhere, cancelOperation } from "./cancel.ts";
import type { Ended } from "./follow.ts";
import type { Guard } from "./guard.ts";
import { deployedGuard } from "./guard-deployed.ts";
import { guardHere } from "./guard-here.ts";
import { openPlace, type Place } from "./place.ts";
import { recreateDeployment } from "./recreate.ts";
import { isThere, type State, stateIn } from "./state.ts";
import { showStatus } from "./status.ts";
import { switchDeploymentOver } from "./switchover.ts";
import { processTerminal, type Terminal } from "./terminal.ts";
import { stateOption, type USAGE } from "./usage.ts";

/** The command line's options. */
export interface RunOptions {
  yes: boolean;
  /** For `cancel`: ends the operation by force. */
  force: boolean;
  /** Vouches that no guard is deployed where that cannot be seen. */
  alone: boolean;
  state: string;
  json: boolean;
  /** How many seconds RDS gets, for an operation that takes a timeout. */
  timeoutSeconds?: number;
  /** For a recreation: what is asked for in the new deployment. */
  fields?: AskedFields;
}

const { done, failed, refused } = EXIT;
const EXIT_CODE: Record<Ended["outcome"], number> = { done, partly: failed, failed, cancelled: failed, unclear: failed, refused };
// A person who cancels does not want the operation done.
const CANCEL_EXIT_CODE: Record<Ended["outcome"], number> = { ...EXIT_CODE, done: failed, cancelled: done };

/** Runs a command against AWS as the environment says; returns the exit code. */
export async function runOperation(name: keyof typeof USAGE, typed: string | undefined, options: RunOptions): Promise<number> {
  const terminal = processTerminal(options.json);
  try {
    const place = await openPlace(process.env);
    const state = stateIn(options.state, place);
    const ended = await (name === "status"
      ? status(typed, state, place, terminal)
      : operate(name, typed ?? "", options, state, place, terminal));
    terminal.tell({ outcome: ended.outcome, ...(ended.deployment !== undefined && { deployment: ended.deployment }) });
    return (name === "cancel" ? CANCEL_EXIT_CODE : EXIT_CODE)[ended.outcome];
  } catch (error) {
    const { says, code } = problemOf(error, mistakeIn(error, options.state));
    terminal.refuse(says);
    terminal.tell({ outcome: code === refused ? "refused" : "failed" });
    return code;
  }
}

const OPERATE: Record<OperationName, (command: AskedCommand) => Promise<Ended>> = {
  recreate: recreateDeployment,
  switchover: switchDeploymentOver,
};

async function operate(
  name: OperationName | "cancel",
  typed: string,
  options: RunOptions,
  state: State,
  place: Place,
  terminal: Terminal,
): Promise<Ended> {
  let guard: Guard;
  try {
    guard = deployedGuardOf(process.env, place) ?? (await guardHere(state, place, process.env, options.alone, endWith(terminal)));
  } catch (error) {
    if (!(error instanceof FolderInUseError) || name !== "cancel") throw error;
    return cancelElsewhere(typed, state.path, error, place, terminal);
  }
  try {
    if (name === "cancel") return await cancelOperation(typed, guard, place, terminal, options.force ? { yes: options.yes } : undefined);
    const { yes, timeoutSeconds, fields } = options;
    return await OPERATE[name]({ typed, yes, timeoutSeconds, fields, place, guard, terminal });
  } finally {
    await guard.close();
  }
}

/** Ends this process where its state cannot be kept: like after a kill, the next one goes on from what was. */
const endWith =
  (terminal: Terminal) =>
  async (error: Error): Promise<never> => {
    terminal.say(error.message);
    terminal.tell({ outcome: "interrupted" });
    return process.exit(1);
  };

function deployedGuardOf(environment: NodeJS.ProcessEnv, { now }: Place): Guard | undefined {
  const { table, bus } = readTerminalSettings(environment);
  return table === undefined ? undefined : deployedGuard(table, bus, now);
}

/** Only reads: needs no lock, and does not create a missing folder. */
async function status(typed: string | undefined, { path, option }: State, place: Place, terminal: Terminal): Promise<Ended> {
  const deployed = deployedGuardOf(process.env, place);
  const folder = join(path, "records");
  if (deployed || !isThere(folder)) return showStatus(typed, deployed?.records, place, terminal);
  const standsStill = !(await isFolderInUse(path));
  const commandToGoOn = (operation: OperationName, name: string) => terminalCommand(operation, name) + option;
  return showStatus(typed, await openRecordsFolder(folder), place, terminal, standsStill ? commandToGoOn : undefined);
}

/** Describes a mistake that a person can correct; undefined for any other error. */
function mistakeIn(error: unknown, root: string): string | undefined {
  if (error instanceof StateError || error instanceof Mistake) return error.message;
  if (error instanceof FolderInUseError) return inUseWords(error, stateOption(root));
  if (error instanceof SettingsError) return words.MISPLACED.slackSettings(error.problems, SLACK_NEEDED);
  if (error instanceof Error && error.name === "ResourceNotFoundException") {
    const { table, bus } = readTerminalSettings();
    const isBus = error.message.includes("Event bus");
    return isBus
      ? words.MISPLACED.noSuchThing("event bus", bus, "BLUEGREEN_GUARD_BUS", inTerminal)
      : words.MISPLACED.noSuchThing("table", table, "BLUEGREEN_GUARD_TABLE", inTerminal);
  }
  return undefined;
}

function inUseWords({ message, holder }: FolderInUseError, option: string): string {
  if (!holder) return message;
  const [look, cancel] = [`npx bluegreen-guard status${option}`, `${terminalCommand("cancel", "NAME")}${option}`];
  return words.MISPLACED.inUse(holder.pid, holder.since, look, cancel, inTerminal);
}
