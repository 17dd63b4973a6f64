import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Records } from "../../../src/clients/records.ts";
import { SettingsError } from "../../../src/settings.ts";
import { FolderInUseError } from "../../engine/folder-lock.ts";
import { openRecordsFolder } from "../../records-folder.ts";
import { awsAdvice } from "../aws-advice.ts";
import { cancelOperation } from "./cancel.ts";
import type { Ended } from "./follow.ts";
import type { Guard } from "./guard.ts";
import { deployedGuard } from "./guard-deployed.ts";
import { guardHere } from "./guard-here.ts";
import { openPlace, type Place } from "./place.ts";
import { recreateCommand, requesterOf } from "./recreate.ts";
import { showStatus } from "./status.ts";
import { leaveStopWish } from "./stop-file.ts";
import { processTerminal, type Terminal } from "./terminal.ts";
import type { USAGE } from "./usage.ts";

/** What the command line says besides the name. */
export interface RunOptions {
  yes: boolean;
  state: string;
  json: boolean;
}

const EXIT_CODE: Record<Ended["outcome"], number> = { done: 0, failed: 1, cancelled: 1, unclear: 1, refused: 2 };

/** Runs a command against AWS as the environment says; answers the exit code. */
export async function runOperation(name: keyof typeof USAGE, typed: string | undefined, options: RunOptions): Promise<number> {
  const terminal = processTerminal(options.json);
  try {
    const place = await openPlace(process.env);
    if (name === "status") return (await status(typed, options.state, place, terminal)) ? 0 : 2;
    const ended = await operate(name, typed ?? "", options, place, terminal);
    terminal.tell({ outcome: ended.outcome, ...(ended.deployment !== undefined && { deployment: ended.deployment }) });
    return name === "cancel" && ended.outcome === "cancelled" ? 0 : EXIT_CODE[ended.outcome];
  } catch (error) {
    const problem = problemOf(error);
    if (problem === undefined) throw error;
    process.stderr.write(`${problem}\n`);
    terminal.tell({ outcome: "refused" });
    return 2;
  }
}

async function operate(name: "recreate" | "cancel", typed: string, options: RunOptions, place: Place, terminal: Terminal): Promise<Ended> {
  const guard = await openGuard(name, typed, options.state, place, terminal);
  if (!guard) return { outcome: "cancelled" };
  try {
    if (name === "cancel") return await cancelOperation(typed, guard, place, terminal);
    return await recreateCommand({ typed, yes: options.yes, place, guard, terminal });
  } finally {
    await guard.close();
  }
}

/** The guard; nothing where the process that works in the folder was told what to stop. */
async function openGuard(name: string, typed: string, state: string, place: Place, terminal: Terminal): Promise<Guard | undefined> {
  const deployed = deployedGuardOf(process.env);
  if (deployed) return deployed;
  try {
    return await guardHere(state, place, process.env);
  } catch (error) {
    if (!(error instanceof FolderInUseError) || name !== "cancel") throw error;
    await leaveStopWish(state, { target: typed, by: requesterOf(place) });
    terminal.say(
      `${place.words}\n\n${error.message.replace(/: end it.*/, ".")} It was told to stop "${typed}" before its next change, and says what came of it.`,
    );
    return undefined;
  }
}

function deployedGuardOf(environment: NodeJS.ProcessEnv): Guard | undefined {
  const table = environment["BLUEGREEN_GUARD_TABLE"];
  return table ? deployedGuard(table, environment["BLUEGREEN_GUARD_BUS"] || "bluegreen-guard") : undefined;
}

/** Reads only: it needs no lock, and leaves a folder that is not there alone. */
async function status(typed: string | undefined, state: string, place: Place, terminal: Terminal): Promise<boolean> {
  const folder = join(state, "records");
  const records: Records | undefined =
    deployedGuardOf(process.env)?.records ?? (existsSync(folder) ? await openRecordsFolder(folder) : undefined);
  return showStatus(typed, records, place, terminal);
}

/** What a person can do something about, in words; nothing for a fault of ours. */
function problemOf(error: unknown): string | undefined {
  if (error instanceof FolderInUseError || error instanceof SettingsError) return error.message;
  return awsAdvice(error);
}
