import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { createSlack, type Slack } from "../../../src/clients/slack.ts";
import { createSlackSecret } from "../../../src/clients/slack-secret.ts";
import { logOnly } from "../../../src/handlers/telemetry.ts";
import { requestIdOf } from "../../../src/operations/request.ts";
import { cancelRequest, openRequests } from "../../../src/operations/requests.ts";
import { DEFAULTS, readSlackSettings, VARIABLES } from "../../../src/settings.ts";
import { ScaledClock } from "../../clock.ts";
import { lockFolder } from "../../engine/folder-lock.ts";
import { openLocalOperations } from "../../operations.ts";
import { openRecordsFolder } from "../../records-folder.ts";
import { concerns } from "./find.ts";
import type { Guard } from "./guard.ts";
import type { Place } from "./place.ts";
import { stopWishes } from "./stop-file.ts";

/**
 * This process as the guard, with its state in a folder; what an earlier one was at goes on.
 *
 * With Slack settings in the environment it tells Slack as well. @throws FolderInUseError where another process has the folder, SettingsError
 * for Slack settings that are not whole
 */
export async function guardHere(state: string, place: Place, environment: NodeJS.ProcessEnv): Promise<Guard> {
  const clock = new ScaledClock(1, place.now());
  const slack = slackOf(environment);
  await mkdir(state, { recursive: true });
  const lock = await lockFolder(state);
  const records = await openRecordsFolder(join(state, "records"));
  const operations = await openLocalOperations(join(state, "executions"), clock, {
    rds: place.rds,
    records,
    deliveries: { once: (_delivery, _context, take) => take() },
    bus: { publish: async () => undefined, request: async () => undefined },
    slack: slack ?? NO_SLACK,
    time: clock,
    telemetry: logOnly(),
    holdMs: 90_000,
    tellBudgetMs: slack ? 30_000 : 0,
    principal: place.identity?.principal,
    stuckAfterHours: DEFAULTS.stuckAfterHours,
    automatic: DEFAULTS,
  });
  return {
    words: `No deployed guard consulted: this process does the work, with its state in ${state}.`,
    records,
    principal: place.identity?.principal,
    async begin(requestId) {
      await operations.begin({ requestId });
    },
    async hear() {
      for (const { wish, taken } of await stopWishes(state)) {
        const meant = (await openRequests(records)).filter((request) => concerns(request, wish.target));
        for (const { key } of meant) await cancelRequest(records, requestIdOf(key) ?? "", wish.by, clock.now());
        await taken();
      }
    },
    async close() {
      clock.stop();
      await operations.close();
      await lock.release();
    },
  };
}

const NO_SLACK: Slack = {
  channel: "terminal",
  post: () => Promise.reject(new Error("There are no Slack settings.")),
  update: () => Promise.reject(new Error("There are no Slack settings.")),
};

function slackOf(environment: NodeJS.ProcessEnv): Slack | undefined {
  if (!environment[VARIABLES.slackChannel] && !environment[VARIABLES.slackSecret]) return undefined;
  const { slackChannel, slackSecret, slackApiUrl } = readSlackSettings(environment);
  const secret = createSlackSecret(slackSecret);
  return createSlack({ token: async () => (await secret()).botToken, channel: slackChannel, apiUrl: slackApiUrl });
}
