import { setTimeout } from "node:timers/promises";
import type { Records } from "../../../src/clients/records.ts";
import type { SlackError } from "../../../src/clients/slack/failure.ts";
import * as words from "../../../src/messages/language.ts";
import { inTerminal } from "../../../src/messages/terminal/form.ts";
import type { Watch } from "../../../src/settings/settings.ts";
import type { Place } from "../operations/place.ts";
import type { Terminal } from "../operations/terminal.ts";
import { createProblems } from "./saying.ts";
import { lookProblems, seenLines } from "./words.ts";

/** What looking again and again needs. */
export interface Looking {
  /** Looks once; throws what it could not see or tell. */
  look(): Promise<void>;
  place: Pick<Place, "rds" | "now">;
  records: Records;
  /** Which deployments it watches. */
  watch: Watch;
  /** What a person can do about a refusal of Slack's. */
  advise(error: SlackError): string;
  terminal: Terminal;
  once: boolean;
  /** Seconds between two looks. */
  every: number;
  /** The command that watches again. */
  goOn: string;
}

/** How long a look under way may go on once it is asked to end. */
const LAST_LOOK_MS = 5_000;
const INTERRUPTED = 130;

/** Looks until a signal asks it to end, or once; returns the exit code: 1 if the only look could not see or tell everything. */
export async function lookAgain({ look, place, records, watch, advise, terminal, once, every, goOn }: Looking): Promise<number> {
  const { say, pulse } = terminal;
  const sayProblems = createProblems(say, place.now, once);
  const end = endSignal();
  const lookOnce = async (isFirst = false): Promise<boolean> => {
    const problems = await look().then(
      () => [],
      (error: unknown) => lookProblems(error, advise),
    );
    sayProblems(problems);
    if (isFirst) await saySeen(place, records, watch, say);
    return problems.length === 0;
  };
  let isWhole = await untilEnd(lookOnce(true), end);
  while (!once && !end.aborted) {
    pulse(words.WATCHING.lookedAt(new Date(place.now()).toISOString(), every, inTerminal));
    await setTimeout(every * 1_000, undefined, { signal: end }).catch(() => undefined);
    if (!end.aborted) isWhole = await untilEnd(lookOnce(), end);
  }
  if (!once) say(words.WATCHING.ended(goOn));
  const code = !once || isWhole ? 0 : isWhole === undefined ? INTERRUPTED : 1;
  // A call that nobody answers would keep the process for minutes.
  return isWhole === undefined ? process.exit(code) : code;
}

/** Says how everything stands that RDS lists; says nothing where RDS does not list it, as the look has said by then. */
async function saySeen({ rds, now }: Looking["place"], records: Records, watch: Watch, say: (text: string) => void): Promise<void> {
  const deployments = await rds.deployments().catch(() => undefined);
  if (deployments) say(`\n${(await seenLines(deployments, watch, records, now())).join("\n")}\n`);
}

/** Is aborted by Ctrl-C, or by whoever ends this process; a second time ends it at once. */
function endSignal(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.on(signal, () => (controller.signal.aborted ? process.exit(INTERRUPTED) : controller.abort()));
  return controller.signal;
}

/** What `working` comes to; undefined if it has not ended some seconds after the signal. What it was telling is told by who watches next. */
export async function untilEnd<T>(working: Promise<T>, end: AbortSignal): Promise<T | undefined> {
  let arm = (): void => undefined;
  const late = new Promise<undefined>((resolve) => {
    arm = () => void setTimeout(LAST_LOOK_MS, undefined, { ref: false }).then(resolve);
  });
  if (end.aborted) arm();
  else end.addEventListener("abort", arm);
  try {
    return await Promise.race([working, late]);
  } finally {
    // There is a look a minute, for days.
    end.removeEventListener("abort", arm);
  }
}
