import { join } from "node:path";
import type { Executions } from "../../../src/clients/executions.ts";
import type { Records } from "../../../src/clients/records.ts";
import type { SlackOptions } from "../../../src/clients/slack/slack.ts";
import { logOnly } from "../../../src/clients/telemetry.ts";
import { connect, OPERATION_TELLS_MS } from "../../../src/handlers/connect.ts";
import * as words from "../../../src/messages/language.ts";
import { inTerminal } from "../../../src/messages/terminal/form.ts";
import { claimedBlues, decideUnclear } from "../../../src/operations/claim.ts";
import { requestKey } from "../../../src/operations/request.ts";
import { cancelRequest } from "../../../src/operations/requests.ts";
import { markForced } from "../../../src/operations/settle.ts";
import { standInForLost } from "../../../src/operations/stand-in.ts";
import { wake } from "../../../src/operations/waiting/wake.ts";
import { terminalCommand } from "../../../src/plans/command-lines.ts";
import { DEFAULTS } from "../../../src/settings/settings.ts";
import type { ScaledClock } from "../../clock.ts";
import { lockFolder } from "../../engine/folder-lock.ts";
import { storedExecutions } from "../../engine/store.ts";
import { type LocalOperations, type LocalOperationsDependencies, openLocalOperations } from "../../operations.ts";
import { openRecordsFolder } from "../../records-folder.ts";
import { stateFault } from "../../state-file.ts";
import { makeFolder } from "../../write-file.ts";
import { awsHere } from "../aws-here.ts";
import { slackHere } from "../slack-here.ts";
import { isWatchedHere } from "../watch/operated.ts";
import { lookForGuard, whyNotBeside } from "./deployed.ts";
import type { Guard } from "./guard.ts";
import type { Place } from "./place.ts";
import type { State } from "./state.ts";
import { stopWishes } from "./stop-file.ts";

/**
 * Makes this process the guard, with its state in a folder. What an earlier one left resumes with the first request and not before: until
 * then a person can still stop it.
 *
 * It begins nothing new where a guard is deployed, or where that cannot be seen and nobody vouches for it (`alone`). With Slack settings in the environment it tells Slack as well. What cannot be written to the folder does what `onFault` does: to go on
 * without it would be to forget what was done. @throws FolderInUseError if another process has the folder, StateError if it cannot be used,
 * SettingsError for incomplete Slack settings
 */
export async function guardHere(
  { path: state, option }: State,
  place: Place,
  environment: NodeJS.ProcessEnv,
  alone: boolean,
  onFault: (error: Error) => Promise<never>,
): Promise<Guard> {
  const { clock } = place;
  const { slack, isWatched } = await slackFor(environment, state);
  await makeFolder(state).catch(stateFault(state));
  const lock = await lockFolder(state).catch(stateFault(state));
  const records = await recordsIn(state, clock, onFault);
  let opened: Promise<LocalOperations> | undefined;
  const operations = () => {
    opened ??= openLocalOperations(join(state, "executions"), clock, connected(place, records, clock, slack), onFault);
    return opened;
  };
  return {
    words: words.PLACES.here(state, isWatched, inTerminal),
    isHere: true,
    records,
    principal: place.identity?.principal,
    whyNotBegin: async () => whyNotBeside(await lookForGuard(environment), alone, words.BESIDE.insteadOfOperating),
    async begin(operation, requestId) {
      await (await operations()).begin({ operation, requestId });
    },
    isRunning: async (execution) => (await operations()).isRunning(execution),
    async ownerOf(execution) {
      if (opened) return (await opened).executions.ownerOf(execution);
      return storedExecutions(join(state, "executions")).ownerOf(execution);
    },
    async force(requestId, by, seen) {
      // First of all: what resumes with the engine finds it at its next check.
      const { usedBy = "" } = await markForced(requestId, by, seen, { records, now: () => clock.now() });
      const { executions, settle } = await operations();
      await settle();
      return executions.ownerOf(usedBy);
    },
    async decide(requestId, by) {
      await decideUnclear(requestId, by, { records, now: () => clock.now() });
    },
    async goOn() {
      await operations();
    },
    wake: async (request) => wake(request, (await operations()).executions),
    hear: () => hearStops(state, records, clock, async () => (await opened)?.executions),
    async ended({ usedBy }) {
      const { executions, done } = await operations();
      // It may have none, if it was ended by force.
      if (usedBy !== undefined && (await executions.ownerOf(usedBy)).state === "running") await done(usedBy);
    },
    commandToGoOn: (operation, name) => terminalCommand(operation, name) + option,
    commandToCancel: (name) => terminalCommand("cancel", name) + option,
    async close() {
      clock.stop();
      await (await opened)?.close();
      await lock.release();
    },
  };
}

/** Where it tells Slack; a watch of this computer that tells the same channel tells of it as well. */
async function slackFor(environment: NodeJS.ProcessEnv, state: string): Promise<{ slack?: SlackOptions; isWatched: boolean }> {
  const slack = slackHere(environment);
  if (slack && (await isWatchedHere(state, slack.channel))) return { isWatched: true };
  return { slack, isWatched: false };
}

async function recordsIn(state: string, clock: ScaledClock, onFault: (error: Error) => Promise<never>): Promise<Records> {
  const records = await openRecordsFolder(join(state, "records"), onFault);
  // A person may have moved a damaged request out of the folder.
  await standInForLost(await claimedBlues(records), records, clock.now());
  return records;
}

/** Has what other terminals asked to stop marked as cancelled. */
async function hearStops(
  state: string,
  records: Records,
  clock: ScaledClock,
  executions: () => Promise<Executions | undefined>,
): Promise<void> {
  for (const { wish, taken } of await stopWishes(state)) {
    if (await records.read(requestKey(wish.requestId)))
      await wake(await cancelRequest(records, wish.requestId, { name: wish.by }, clock.now()), await executions());
    await taken();
  }
}

function connected(place: Place, records: Records, time: ScaledClock, slack?: SlackOptions): LocalOperationsDependencies {
  const slackAt = slack ?? NO_SLACK;
  const settings = {
    ...DEFAULTS,
    principal: place.identity?.principal,
    table: "",
    bus: "",
    slackSecret: "",
    slackChannel: slackAt.channel,
  };
  const bus = { publish: async () => undefined, request: async () => undefined };
  const guard = connect(settings, { aws: awsHere(), rds: place.rds, records, bus, slackAt, telemetry: logOnly(), time });
  return { ...guard, isUnwatched: true, metrics: place.metrics, tellBudgetMs: slack ? OPERATION_TELLS_MS : 0 };
}

const NO_SLACK: SlackOptions = { channel: "terminal", token: () => Promise.reject(new Error(words.PLACES.noSlack)) };
