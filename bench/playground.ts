import type { AwsOptions } from "../src/clients/aws.ts";
import type { CallLog, Latencies, SeenCall } from "./call-log.ts";
import type { Counts } from "./counts.ts";
import { type Started, startProcess } from "./processes.ts";
import { REGION, type Seeded } from "./seed-deployments.ts";

export const TOKEN = "xoxb-bench";
export const BUS = "bluegreen-guard";
/** The guard's table, and one of the same form for the floor. */
export const TABLES = { guard: "guard", floor: "floor" };

/** A make-believe AWS and Slack on one address, in a process of its own. */
export interface Playground {
  url: string;
  /** The id of Slack's channel. */
  channel: string;
  /** Its clock's time, milliseconds since 1970. */
  now: number;
  deployments: Seeded[];
}

/** What an open playground is asked for, and how it sees calls from now on; what is omitted stays. */
export interface PlaygroundRequest extends Partial<Pick<CallLog, "latencies" | "isDetailed">> {
  /** Asks for the calls themselves, not for how many there are of each kind. */
  calls?: true;
}

/** How long a call takes in AWS, and one of Slack's, in milliseconds. They are assumed, and the same in all runs. */
export const AWS_LATENCIES = { dynamodb: 5, rds: 250, slack: 300, events: 15, sqs: 8, secretsmanager: 20, lambda: 20, monitoring: 50 };

/** A playground that is open. */
export interface OpenPlayground extends Playground {
  /** The calls that came in since the last request for them, as `dynamodb GetItem`. */
  counts(): Promise<Counts>;
  /** From now on calls take that much longer; the count of calls begins anew. */
  delay(latencies: Latencies): Promise<void>;
  /** Keeps calls in detail from now on. */
  watchClosely(): Promise<void>;
  /** The calls that were answered since the last request for them, while they were kept in detail. */
  calls(): Promise<SeenCall[]>;
  close(): void;
}

/** Opens a playground with deployments that are ready, on the core `cpu` if given. */
export async function openPlayground(deployments: number, cpu: number | undefined): Promise<OpenPlayground> {
  const process: Started = startProcess("playground-process.ts", [String(deployments)], cpu);
  const playground = (await process.next()) as Playground;
  async function ask<Answer = Counts>(request: PlaygroundRequest): Promise<Answer> {
    process.send(request);
    return (await process.next()) as Answer;
  }
  return {
    ...playground,
    counts: () => ask({}),
    async delay(latencies) {
      await ask({ latencies });
    },
    async watchClosely() {
      await ask({ isDetailed: true });
    },
    calls: () => ask<SeenCall[]>({ calls: true }),
    close: () => void process.end(),
  };
}

/** Where SDK clients find the playground. */
export function awsAt(endpoint: string) {
  return { endpoint, region: REGION, credentials: { accessKeyId: "bench", secretAccessKey: "bench" } } satisfies AwsOptions;
}
