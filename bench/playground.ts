import type { AwsOptions } from "../src/clients/aws.ts";
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

/** A playground that is open. */
export interface OpenPlayground extends Playground {
  /** The calls that came in since the last request for them, as `dynamodb GetItem`. */
  counts(): Promise<Counts>;
  close(): void;
}

/** Opens a playground with deployments that are ready, on the core `cpu` if given. */
export async function openPlayground(deployments: number, cpu: number | undefined): Promise<OpenPlayground> {
  const process: Started = startProcess("playground-process.ts", [String(deployments)], cpu);
  const playground = (await process.next()) as Playground;
  return {
    ...playground,
    async counts() {
      process.send({ ask: "counts" });
      return (await process.next()) as Counts;
    },
    close: () => void process.end(),
  };
}

/** Where SDK clients find the playground. */
export function awsAt(endpoint: string) {
  return { endpoint, region: REGION, credentials: { accessKeyId: "bench", secretAccessKey: "bench" } } satisfies AwsOptions;
}
