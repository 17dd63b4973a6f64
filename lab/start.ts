import { mistakeWords } from "../local/cli/mistake.ts";
import { STATE } from "../local/cli/operations/usage.ts";
import { REGION } from "./lab.ts";
import { watchLineage } from "./lineage.ts";
import { readOptions, type StartOptions } from "./options.ts";
import { paceWords } from "./pace.ts";
import { openSession, type Session } from "./session.ts";
import { speedOf, storyNamed } from "./stories/index.ts";

const terminal = { color: process.stdout.isTTY === true && process.env["NO_COLOR"] === undefined, width: process.stdout.columns || 100 };

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

async function start(options: StartOptions): Promise<void> {
  let session: Session | undefined;
  let ending = false;

  async function open(story: string | undefined, port: number, speed: number, from?: number): Promise<Session> {
    // A little later, so that the visitor who asked for it still gets an answer.
    const onPlay = (name: string) => void setTimeout(() => void again(name).catch(fail), 100);
    const { approvals, guard, exit } = options;
    return openSession({ story, speed, port, from, terminal, approvals, guard, exit, print, onPlay });
  }
  async function again(story: string): Promise<void> {
    const port = Number(new URL(session?.lab.url ?? "").port);
    // Not back to now: a terminal that watches has seen a later time.
    const from = session?.now();
    await session?.close();
    print(`\nThe lab begins anew, with the story ${story}.`);
    session = await open(story, port, session?.speed ?? options.speed, from);
    session.play().catch(overtaken).then(print, fail);
  }
  async function end(code = 0): Promise<void> {
    if (ending) return;
    ending = true;
    await session?.close();
    process.exit(code);
  }
  // Ends on Ctrl-C and SIGTERM, and with the process that started it.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void end());
  watchLineage(() => void end());

  session = await open(options.story, options.port, options.speed);
  print(banner(session.lab.url, speedOf(storyNamed(options.story), options.speed), options.guard));
  if (options.exit) {
    const played = await session.play().then((words) => ({ words, code: 0 }), endedEarly);
    print(played.words);
    return end(played.code);
  }
  print(await session.play().catch(overtaken));
  print("The lab stays up until Ctrl-C.");
}

function banner(url: string, speed: number, isGuarded: boolean): string {
  return [
    `${isGuarded ? "Blue/Green Guard on one machine." : "An account without the guard."} AWS and Slack are played by the lab, ${paceWords(speed)} as the real ones.`,
    `See the channel and the databases at ${url}, or look at its RDS with the AWS CLI:`,
    `  AWS_ACCESS_KEY_ID=lab AWS_SECRET_ACCESS_KEY=lab aws rds describe-blue-green-deployments --region ${REGION} --endpoint-url ${url}`,
    "",
  ].join("\n");
}

/** What ends a story early: a visitor has done something else with its databases, or it needs a guard that is not there. */
function overtaken(error: Error): string {
  const why = "somebody has done something else with its databases meanwhile, or it needs the guard, which is not there";
  return `The story ends here. Its next step was refused (${error.name}: ${error.message}): ${why}.`;
}

/** The same of a lab that ends with its story, which was not played to its end. */
const endedEarly = (error: Error) => ({ words: overtaken(error), code: 1 });

function fail(error: unknown): never {
  process.exit(failed(error));
}

function failed(error: unknown): number {
  const mistake = mistakeWords(error, "npm start -- --help");
  if (mistake !== undefined) {
    process.stderr.write(mistake);
    return 2;
  }
  const { path, syscall } = error as NodeJS.ErrnoException;
  if (error instanceof Error && syscall !== undefined && path?.includes(STATE)) {
    process.stderr.write(`${STATE}, where the lab and terminals keep what they know, cannot be used (${error.message}): take it away.\n`);
    return 2;
  }
  if (error instanceof Error && "code" in error && error.code === "EADDRINUSE") {
    process.stderr.write(`${error.message}: stop what listens there, or choose another port with --port N (0 takes a free one).\n`);
    return 1;
  }
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return 1;
}

try {
  const options = readOptions(process.argv.slice(2));
  if (typeof options === "string") process.stdout.write(options);
  else await start(options);
} catch (error) {
  fail(error);
}
