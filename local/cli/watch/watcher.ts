import type { AwsOptions } from "../../../src/clients/aws.ts";
import type { Metrics } from "../../../src/clients/metrics.ts";
import type { Rds } from "../../../src/clients/rds/rds.ts";
import type { Records } from "../../../src/clients/records.ts";
import type { Slack } from "../../../src/clients/slack/slack.ts";
import { type Log, logOnly } from "../../../src/clients/telemetry.ts";
import type { Time } from "../../../src/clients/time.ts";
import { connect, SWEEP_TELLS_MS } from "../../../src/handlers/connect.ts";
import { createSweepHandler } from "../../../src/handlers/sweep.ts";
import type { Form } from "../../../src/messages/form.ts";
import type { WatchedFrom } from "../../../src/messages/watched-from.ts";
import { DEFAULTS, type Settings } from "../../../src/settings/settings.ts";
import { createBlindness } from "./blindness.ts";

/** What a watcher is made from. */
export interface WatcherOptions {
  aws: AwsOptions;
  /** Looks at RDS, and can change nothing there. */
  rds: Rds;
  metrics: Pick<Metrics, "lag">;
  time: Time;
  records: Records;
  /** Takes up, before each look, what other terminals do. */
  takeUp?(): Promise<void>;
  slack: Slack;
  /** The name of this computer and what it may not see, which the cards show. */
  from: WatchedFrom;
  /** How messages are written; as Slack's mrkdwn if omitted. */
  form?: Form;
  /** Which deployments it watches, and when it calls a creation stuck. */
  settings: Pick<Settings, "watch" | "stuckAfterHours">;
  log: Log;
}

/**
 * Whatever the guard's settings or a deployment's tags say: a watcher requests nothing, its messages have no buttons, and there is nobody to
 * press them.
 */
const TELLS_ONLY = { operations: false, commands: false, onDegraded: "notify", tagMayRaise: false } as const;

/** The guard's facts go to nobody's bus, and a request for an operation would be a fault of ours. */
const NO_BUS = {
  publish: async () => undefined,
  request: () => Promise.reject(new Error("Watching requests no operation.")),
};

/**
 * Creates the function that looks once, as the deployed guard's sweep does.
 *
 * It throws what the look left out, at its end.
 */
export function createWatcher({ settings, log, from, form, metrics, takeUp, ...outside }: WatcherOptions): () => Promise<void> {
  const { rds, records, slack, time } = outside;
  const names = { table: "", bus: "", slackSecret: "", slackChannel: slack.channel };
  let isSeen = false;
  const seeing = {
    ...rds,
    async deployments() {
      const all = await rds.deployments();
      isSeen = true;
      return all;
    },
  };
  const guard = connect(
    { ...DEFAULTS, ...settings, ...TELLS_ONLY, ...names },
    { ...outside, rds: seeing, bus: NO_BUS, telemetry: logOnly(log) },
  );
  const sweep = createSweepHandler({ ...guard, metrics, from, form, tellBudgetMs: SWEEP_TELLS_MS });
  const { seen, unseen } = createBlindness({ records, slack, machine: from.machine, now: () => time.now(), form });
  return async () => {
    isSeen = false;
    const taken = await Promise.allSettled([takeUp?.()]);
    const swept = await Promise.allSettled([sweep()]);
    const [problem] = [...swept, ...taken].flatMap((it) => (it.status === "rejected" ? [it.reason as unknown] : []));
    await (isSeen ? seen() : unseen(problem));
    if (problem !== undefined) throw problem;
  };
}
