import { type Identity, identityOf } from "../../../src/clients/identity.ts";
import { createMetrics, type Metrics } from "../../../src/clients/metrics.ts";
import { rdsAt } from "../../../src/handlers/connect.ts";
import * as words from "../../../src/messages/language.ts";
import type { ScaledClock } from "../../clock.ts";
import { awsHere, rdsHere } from "../aws-here.ts";
import { createAwsTime } from "./aws-time.ts";
import { placeFolder } from "./place-folder.ts";

/** The account, region and endpoint that a command works in, taken from AWS's own environment. */
export interface Place {
  /** Absent if there was no STS to ask. */
  identity?: Identity;
  rds: ReturnType<typeof rdsAt>;
  /** Says how far green lags behind blue; nothing waits for it. */
  metrics: Pick<Metrics, "lag">;
  /** AWS's time. */
  clock: ScaledClock;
  /** Has the answers to an SDK client set that clock; returns the same client. */
  follow<Client>(client: Client): Client;
  /** Milliseconds since 1970, by `clock`. */
  now(): number;
  /** Account, region and endpoint, on one line. */
  words: string;
  /** The same as a name for a folder: no two places have the same. */
  folder: string;
}

/** Finds out where the environment points. @throws RegionError, and the SDK's error if nobody is signed in */
export async function openPlace(environment: NodeJS.ProcessEnv): Promise<Place> {
  const { region, endpoint } = await rdsHere();
  const { clock, follow } = createAwsTime();
  const asked = await Promise.allSettled([identityOf({ equip: follow })]);
  const [answer] = asked;
  const identity = answer?.status === "fulfilled" ? answer.value : undefined;
  if (answer?.status === "rejected" && !hasNoSts(answer.reason)) throw answer.reason;
  return {
    identity,
    rds: rdsAt({ equip: follow }),
    metrics: createMetrics(awsHere(undefined, environment)),
    clock,
    follow,
    now: () => clock.now(),
    words: words.PLACES.place(identity?.account, region, endpoint),
    folder: placeFolder(identity?.account, region, endpoint),
  };
}

/** An endpoint that plays only RDS has no STS; 401 and 403 come from an STS that refuses the credentials. */
function hasNoSts(error: unknown): boolean {
  const { $metadata } = error as { $metadata?: { httpStatusCode?: number } };
  const status = $metadata?.httpStatusCode;
  return status !== undefined && ![401, 403].includes(status);
}
