import { join } from "node:path";
import { routeOf } from "../local/bus.ts";
import { type Clock, ScaledClock } from "../local/clock.ts";
import type { Log } from "../src/handlers/watch.ts";
import type { RouteName } from "../src/rules/routes.ts";
import { type Lab, openLab, REGION } from "./lab.ts";
import { watchLineage } from "./lineage.ts";
import { readOptions, type StartOptions, USAGE } from "./options.ts";
import type { LabEnvelope } from "./rds/rds.ts";
import { Repeated } from "./repeated.ts";
import { addBlue } from "./stories/aurora-major-upgrade.ts";
import { stories } from "./stories/index.ts";
import { errorLine, eventLine, MessageScreen, outcomeLine, sayLine } from "./terminal-lines.ts";
import { UsageError } from "./usage-error.ts";

const terminal = { color: process.stdout.isTTY === true && process.env["NO_COLOR"] === undefined, width: process.stdout.columns || 100 };

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

const SWEEP_EVERY_MS = 5 * 60_000;
const counts = { events: 0, routed: 0, lost: 0 };

function onEvent(event: unknown, route: RouteName | undefined): void {
  counts.events += 1;
  if (!route) return;
  counts.routed += 1;
  print(eventLine(event as LabEnvelope, terminal));
}

let lost: (event: LabEnvelope) => boolean = () => false;

function isLost(event: LabEnvelope): boolean {
  if (!lost(event)) return false;
  counts.lost += 1;
  if (routeOf(event)) print(eventLine(event, terminal, "Lost RDS event"));
  return true;
}

function logTo(clock: Clock): Log {
  const errors = new Repeated();
  return {
    info(_message, details) {
      const line = outcomeLine(details, terminal);
      if (line) print(line);
    },
    error(message) {
      const text = errors.line(message, clock.now());
      if (text) print(errorLine(text, clock.now(), terminal));
    },
  };
}

async function start(options: StartOptions): Promise<void> {
  const clock = new ScaledClock(options.speed);
  const log = logTo(clock);
  const lab = await openLab({ clock, speed: options.speed, port: options.port, onEvent, lose: isLost, log, ownProcess: true });
  endWithParent(lab, clock);
  const screen = new MessageScreen(terminal);
  lab.slack.onMessage((change) => print(`\n${screen.render(change)}\n`));
  print(banner(lab, options));
  void sweepOften(lab, clock, log);
  const story = stories.find((it) => it.name === options.story);
  if (story) {
    const say = (line: string) => print(sayLine(line, clock.now(), terminal));
    const lose = (which: typeof lost) => {
      lost = which;
    };
    await clock.work(() => story.play({ ...lab, clock, lose, say }));
    await lab.settled();
    print(summary(lab));
  } else addBlue(lab);
  if (options.exit) return end(lab, clock, 0);
  print("The lab stays up until Ctrl-C.");
}

async function sweepOften(lab: Lab, clock: Clock, log: Log): Promise<never> {
  for (;;) {
    await clock.until(clock.now() + SWEEP_EVERY_MS);
    await lab.sweep().catch((error: Error) => log.error(error.message, {}));
  }
}

function banner(lab: Lab, { speed }: StartOptions): string {
  return [
    `Blue/Green Guard on one machine. AWS and Slack are played by the lab at ${lab.url}, ${speed} times as fast as the real ones.`,
    "Look at its RDS with the AWS CLI:",
    `  AWS_ACCESS_KEY_ID=lab AWS_SECRET_ACCESS_KEY=lab aws rds describe-blue-green-deployments --region ${REGION} --endpoint-url ${lab.url}`,
    "",
  ].join("\n");
}

function summary(lab: Lab): string {
  const posts = lab.slack.messages.length;
  const dead = lab.queue.deadLetters.all().length;
  const aside = dead === 0 ? "" : ` ${dead} could not be handled: see ${join(lab.folder, "queue", "dead-letters")}.`;
  const lost = counts.lost === 0 ? "" : `${counts.lost} more were lost; `;
  return `\n${counts.events} RDS events, ${counts.routed} of them routed to the guard; ${lost}${posts} Slack messages.${aside}`;
}

let ending = false;

async function end(lab: Lab, clock: ScaledClock, code: number): Promise<void> {
  if (ending) return;
  ending = true;
  clock.stop();
  await lab.close();
  process.exit(code);
}

/** Ends on Ctrl-C and SIGTERM, and with the process that started it. */
function endWithParent(lab: Lab, clock: ScaledClock): void {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void end(lab, clock, 0));
  watchLineage(() => void end(lab, clock, 0));
}

function failed(error: unknown): number {
  if (error instanceof UsageError) {
    process.stderr.write(`${error.message}\n\n${USAGE}`);
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
  process.exit(failed(error));
}
