import { visible } from "../../local/visible.ts";
import { addArticle } from "./article.ts";
import { jsonLine } from "./json-line.ts";
import { type ReplayArguments, readReplayArguments, USAGE } from "./options.ts";
import type { ReplayOptions } from "./replay.ts";
import { savedDatabases } from "./saved-databases.ts";
import { savedDeployments } from "./saved-deployments.ts";
import { savedEvents } from "./saved-events.ts";
import { ReplayScreen } from "./screen.ts";
import type { Stood } from "./stand.ts";

/** Runs `replay` with its arguments; returns the exit code: 1 for an event that the guard could not handle. @throws Mistake in arguments or files */
export async function replayMain(args: string[]): Promise<number> {
  const wanted = readReplayArguments(args);
  if (wanted) return run(wanted);
  process.stdout.write(USAGE);
  return 0;
}

async function run({ json, deployments, databases: databaseFiles, events: files }: ReplayArguments): Promise<number> {
  const given = deployments === undefined ? undefined : await savedDeployments(deployments);
  const databases = await savedDatabases(databaseFiles);
  const events = (await Promise.all(files.map(savedEvents))).flat();
  // Imported late: the lab takes most of a second to load, and a mistake should be reported immediately.
  const [{ replay }, { standingLine }] = await Promise.all([import("./replay.ts"), import("./standing-line.ts")]);
  const screen = new ReplayScreen(terminal());
  const options: ReplayOptions = {
    events,
    seed({ rds }) {
      if (!given) return addArticle(rds);
      rds.addDatabases(databases);
      given.forEach(rds.addDeployment);
    },
    onLooked: (changes) => json || print(screen.renderLook(changes)),
    onReplayed: (replayed) => print(json ? jsonLine(replayed) : screen.render(replayed)),
    ...(json && { onStood: (stood: Stood) => print(standingLine(stood)) }),
    onError: ({ key }, message) => process.stderr.write(`! ${visible(shorten(key))}: ${visible(message)}\n`),
  };
  const unhandled = await replay(options);
  if (!json) print(screen.summary());
  return unhandled === 0 ? 0 : 1;
}

function terminal() {
  return { color: process.stdout.isTTY === true && process.env["NO_COLOR"] === undefined, width: process.stdout.columns || 100 };
}

const shorten = (text: string) => (text.length > 100 ? `${text.slice(0, 100)}…` : text);

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
