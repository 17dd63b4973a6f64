import { optionsIn } from "../local/cli/arguments.ts";
import { UsageError } from "../local/cli/mistake.ts";

/** What `npm run bench` measures. */
export const MEASURES = ["storm", "sweep", "warm", "start", "recreate"] as const;
export type Measure = (typeof MEASURES)[number];

/** The options of `npm run bench`. */
export interface BenchOptions {
  measures: readonly Measure[];
  /** The number of seconds after which the storm ends at the latest. */
  seconds: number;
  /** A copy of the repository terraform-aws-modules/terraform-aws-notify-slack, whose function the start is compared with. */
  notifySlack?: string;
  /** One JSON object instead of lines. */
  json: boolean;
}

const DEFAULT_SECONDS = 60;

/** What `npm run bench -- --help` says. */
export const USAGE = `Usage: npm run -s bench -- [options]

Measures the guard against a make-believe AWS and Slack on this machine.

  --only NAME   measure one thing:
                  storm: 10,000 events of 1,000 deployments at once, on one core,
                         and while calls take as long as in AWS
                  sweep: the calls of a sweep over 1, 100 and 1,000 deployments
                  warm:  one DDL event through the warm watch function: its calls, the
                         time until its alert stands in the channel, its CPU
                  start: a fresh process to its first event told, against a bare Node's
                         start, and the bundles' size
                  recreate: what the guard adds to the time of a deletion and a creation
  --seconds N   end each storm after N seconds, 1 to 86400 (default ${DEFAULT_SECONDS}): events are
                taken for half of them, and those that were taken are told in the rest
  --notify-slack DIR
                compare the start also with that of the function in DIR, a copy of
                terraform-aws-modules/terraform-aws-notify-slack; needs python3 with boto3
  --json        print one JSON object
  --help        say this

Budgets are in bench/budgets.ts; docs/performance.md says what the figures mean.
Exit code 1: something is over its budget, or could not be measured.
`;

/**
 * Reads the options of `npm run bench`; undefined if they ask for help.
 *
 * @throws UsageError for an unknown option, an unknown name, a bad number.
 */
export function readOptions(args: string[]): BenchOptions | undefined {
  const { only, seconds = String(DEFAULT_SECONDS), json = false, help, ...given } = optionsIn(args, OPTIONS);
  if (help) return undefined;
  const measures = only === undefined ? MEASURES : MEASURES.filter((name) => name === only);
  if (measures.length === 0) throw new UsageError(`--only takes one of ${MEASURES.join(", ")}; received "${only}".`);
  if (!/^\d{1,5}$/.test(seconds) || Number(seconds) < 1 || Number(seconds) > 86_400) {
    throw new UsageError(`--seconds takes a whole number from 1 to 86400; received "${seconds}".`);
  }
  const notifySlack = given["notify-slack"];
  return { measures, seconds: Number(seconds), json, ...(notifySlack !== undefined && { notifySlack }) };
}

const OPTIONS = {
  only: { type: "string" },
  seconds: { type: "string" },
  "notify-slack": { type: "string" },
  json: { type: "boolean" },
  help: { type: "boolean" },
} as const;
