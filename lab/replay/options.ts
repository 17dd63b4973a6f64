import { argumentsIn } from "../../local/cli/arguments.ts";
import { UsageError } from "../../local/cli/mistake.ts";

/** The options of a replay. */
export interface ReplayArguments {
  /** One line of JSON per event instead of what a person reads. */
  json: boolean;
  /** A file with the deployments that exist; the article's if left out. */
  deployments?: string;
  /** The files with the databases that exist, in order; if there are none, only their names are known. */
  databases: string[];
  /** The files with events, in order. */
  events: string[];
}

/** What `--help` says. */
export const USAGE = `Usage: npm run replay -- [--json] [--deployments FILE [--databases FILE]...] EVENTS...
       bluegreen-guard replay [--json] [--deployments FILE [--databases FILE]...] EVENTS...

Gives saved RDS events to the guard in a lab on this machine, each at its own time
but without waiting, and prints what Slack was told.

  EVENTS              files with events, in order: an EventBridge envelope, an array,
                      the answer of "aws rds describe-events", or JSON lines; forms may be mixed.
                      Where they hold no event, one sweep looks at the deployments
  --deployments FILE  the deployments that are there, as "aws rds describe-blue-green-deployments"
                      prints them (default: the two of the recorded upgrade that "npm start" plays).
                      They stand so at every event, however old it is
  --databases FILE    their databases, as "aws rds describe-db-clusters", "describe-db-instances" and
                      "describe-db-cluster-endpoints" print them; may be repeated. All clusters, or
                      instances, that exist have to be in the files, or none (default: only names)
  --json              a line of JSON an event (with "npm run -s replay"):
                      {"event", "routedBy", "signal", "posted": [{"method", "text", "thread"}]},
                      then one a deployment: {"deployment", "phase", "severity", "members", "production",
                      "replication", "card", "offers", "checklist": [{"id", "result", "reason", "remedy"}]}
  --help              say this

Exit code: 0 where all was replayed, 2 for a file that is broken or missing (nothing is told then),
1 for an event that the guard could not handle.
`;

/**
 * Reads the arguments of a replay; undefined if they ask for help.
 *
 * @throws UsageError for an unknown option, if no file is named, and for databases without deployments.
 */
export function readReplayArguments(args: string[]): ReplayArguments | undefined {
  const { values, positionals } = argumentsIn(args, OPTIONS);
  if (values.help) return undefined;
  if (positionals.length === 0) throw new UsageError("EVENTS: name at least one file with saved events.");
  const { json = false, deployments, databases = [] } = values;
  if (databases.length > 0 && deployments === undefined) {
    throw new UsageError("--databases: name the file with their deployments too, with --deployments.");
  }
  return { json, deployments, databases, events: positionals };
}

const OPTIONS = {
  json: { type: "boolean" },
  deployments: { type: "string" },
  databases: { type: "string", multiple: true },
  help: { type: "boolean" },
} as const;
