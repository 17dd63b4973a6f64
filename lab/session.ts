import { join } from "node:path";
import { routeOf } from "../local/bus.ts";
import { STATE } from "../local/cli/operations/usage.ts";
import { ScaledClock } from "../local/clock.ts";
import type { Log } from "../src/clients/telemetry.ts";
import * as words from "../src/messages/language.ts";
import { forgetEarlier } from "./earlier.ts";
import { type Lab, openLab } from "./lab.ts";
import type { PageOptions } from "./page/options.ts";
import { createPage, type Page } from "./page/page.ts";
import type { LabEnvelope } from "./rds/rds.ts";
import { Repeated } from "./repeated.ts";
import { pageOptions } from "./session-page.ts";
import { addBlue } from "./stories/aurora-major-upgrade.ts";
import { speedOf, storyNamed } from "./stories/index.ts";
import type { Stage } from "./stories/story.ts";
import { busLine, errorLine, eventLine, MessageScreen, outcomeLine, sayLine, type Terminal } from "./terminal-lines.ts";

/** One day in the lab, from empty databases to its close. */
export interface Session {
  lab: Lab;
  /** The lab's time, in milliseconds since 1970. */
  now(): number;
  /** The clock's speed that a visitor chose, or had before a pause; a story can be played more slowly. */
  readonly speed: number;
  /** Sets how many times as fast as the real clock the lab's runs, immediately; 0 pauses it. */
  setSpeed(speed: number): void;
  /** Plays the story; resolves with a summary at its end, or immediately if there is none. */
  play(): Promise<string>;
  close(): Promise<void>;
}

/** Options for opening a session. */
export interface SessionOptions {
  /** The story to play; none if left out. */
  story?: string;
  speed: number;
  port: number;
  terminal: Terminal;
  print(text: string): void;
  /** How many other operators must approve; the story decides if left out. */
  approvals?: 0 | 1;
  /** False if the guard is not deployed: there is no event bus, nothing takes events or sweeps, until a visitor starts it; true if left out. */
  guard?: boolean;
  /** When its day begins (milliseconds since 1970); now if left out. */
  from?: number;
  /** Called when a visitor of the page wants another story: close the session and open another. */
  onPlay(story: string): void;
}

const SWEEP_EVERY_MS = 5 * 60_000;
const STILL_AT_WORK =
  "A terminal is still at work with what it knows of an earlier lab: end it and start the lab again, and both begin anew.\n";

/** Opens the lab with the guard in its own process and a page, and sweeps every five minutes of the lab's clock. */
export async function openSession(options: SessionOptions): Promise<Session> {
  const { story, speed, port, terminal, approvals, print, onPlay } = options;
  const found = storyNamed(story);
  const clock = new ScaledClock(speedOf(found, speed), options.from);
  const counts = { routed: 0, lost: 0 };
  let page: Page | undefined;
  let shown: PageOptions | undefined;
  let plays = story;
  let running = speed;
  let closing = false;
  // Failures that the end itself causes are no news.
  const log = logTo(clock, terminal, (text) => closing || print(text));
  const lab = await openLab({
    clock,
    speed: clock.speed,
    port,
    onEvent(event) {
      if (!routeOf(event)) return;
      counts.routed += 1;
      print(eventLine(event as LabEnvelope, terminal));
    },
    log,
    ownProcess: true,
    policy: { ...found?.policy, ...(approvals !== undefined && { approvals }) },
    page(opened) {
      const onSpeed = (chosen: number) => {
        running = chosen || running;
      };
      shown = pageOptions(opened, clock, () => plays, onPlay, onSpeed);
      page = createPage(shown);
      return page;
    },
  });
  await beginAnew(lab, options);
  const told = tellOf({ lab, clock, terminal, print, counts });
  void sweepOften(lab, clock, log);
  return {
    lab,
    async play() {
      if (!found) {
        addBlue(lab);
        return "";
      }
      await clock.work(() => found.play(stageOf(told, (line) => page?.say(line))));
      await lab.settled();
      plays = undefined;
      return summary(lab, counts);
    },
    now: () => clock.now(),
    get speed() {
      return running;
    },
    setSpeed: (chosen) => shown?.clock.setSpeed(chosen),
    close() {
      closing = true;
      clock.stop();
      return lab.close();
    },
  };
}

/** Nothing of an earlier lab is left. */
async function beginAnew(lab: Lab, { guard, print }: Pick<SessionOptions, "guard" | "print">): Promise<void> {
  if (await forgetEarlier(lab.url, STATE)) print(STILL_AT_WORK);
  if (guard === false) takeAway(lab);
}

/** The account before the guard is deployed: its events go nowhere. */
function takeAway({ bus, host, way }: Lab): void {
  bus.exists = false;
  host?.kill();
  way.lose(() => !bus.exists);
}

/** What the terminal shows of a session. */
interface Told extends Pick<SessionOptions, "terminal" | "print"> {
  lab: Lab;
  clock: ScaledClock;
  counts: { routed: number; lost: number };
}

/** Prints what Slack and the guard's bus receive; returns what it was given. */
function tellOf(told: Told): Told {
  const { lab, clock, terminal, print } = told;
  const screen = new MessageScreen(terminal);
  lab.slack.onMessage((change) => print(`\n${screen.render(change)}\n`));
  lab.bus.onEvent((event) => print(busLine(event, clock.now(), terminal)));
  return told;
}

/** What a story plays on: the terminal shows what is lost and what people do, the page only what people do. */
function stageOf({ lab, clock, terminal, print, counts }: Told, onLine: (line: string) => void): Stage {
  return {
    ...lab,
    clock,
    say(line) {
      print(sayLine(line, clock.now(), terminal));
      onLine(line);
    },
    lose(which) {
      lab.way.lose((event) => {
        const isLost = which(event);
        if (isLost) counts.lost += 1;
        if (isLost && routeOf(event)) print(eventLine(event, terminal, "Lost RDS event"));
        return isLost;
      });
    },
  };
}

function logTo(clock: ScaledClock, terminal: Terminal, print: (text: string) => unknown): Log {
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

async function sweepOften(lab: Lab, clock: ScaledClock, log: Log): Promise<never> {
  for (;;) {
    await clock.until(clock.now() + SWEEP_EVERY_MS);
    if (lab.bus.exists) await lab.sweep().catch((error: Error) => log.error(error.message, {}));
  }
}

function summary(lab: Lab, counts: { routed: number; lost: number }): string {
  const dead = lab.queue.deadLetters.all().length;
  const aside = dead === 0 ? "" : ` ${dead} could not be handled: see ${join(lab.folder, "queue", "dead-letters")}.`;
  const lost = counts.lost === 0 ? "" : `${counts.lost} were lost; `;
  const told = `${counts.routed} of them routed to the guard; ${lost}${lab.slack.messages.length} Slack messages.`;
  return `\n${words.counted(lab.rds.history.length, "RDS event")}, ${told}${aside}`;
}
