import { hostname } from "node:os";
import { join } from "node:path";
import { createRds } from "../../../src/clients/rds/rds.ts";
import type { SlackError } from "../../../src/clients/slack/failure.ts";
import { createSlack } from "../../../src/clients/slack/slack.ts";
import * as words from "../../../src/messages/language.ts";
import { inTerminal } from "../../../src/messages/terminal/form.ts";
import { lockFolder } from "../../engine/folder-lock.ts";
import { openRecordsFolder } from "../../records-folder.ts";
import { stateFault } from "../../state-file.ts";
import { makeFolder } from "../../write-file.ts";
import { awsHere } from "../aws-here.ts";
import { openPlace } from "../operations/place.ts";
import { stateIn } from "../operations/state.ts";
import { processTerminal, type Terminal } from "../operations/terminal.ts";
import { problemOf } from "../problem.ts";
import { BOT_TOKEN, slackAdvice } from "../slack-here.ts";
import { lookAgain } from "./looking.ts";
import { botOfToken, mistakeIn, sayWhatIsSeen } from "./opening.ts";
import { watchFolder, withOperated } from "./operated.ts";
import { sayingSlack } from "./saying.ts";
import { readWatchSettings } from "./settings.ts";
import { TERMINAL, terminalSlack } from "./terminal-slack.ts";
import { createWatcher } from "./watcher.ts";

/** The command line's options. */
export interface WatchOptions {
  /** Looks once and ends. */
  once: boolean;
  /** Vouches that no guard is deployed where that cannot be seen. */
  alone: boolean;
  /** Seconds between two looks. */
  every: number;
  /** The folder for the state. */
  state: string;
}

/** Watches the deployments of the account until Ctrl-C, or looks once; returns the exit code. */
export async function runWatch(options: WatchOptions): Promise<number> {
  const terminal = processTerminal(false);
  try {
    return await watch(options, terminal, process.env);
  } catch (error) {
    const { says, code } = problemOf(error, mistakeIn(error));
    terminal.refuse(says);
    return code;
  }
}

async function watch(options: WatchOptions, terminal: Terminal, environment: NodeJS.ProcessEnv): Promise<number> {
  const { say } = terminal;
  const { slackAt, settings, words: from } = readWatchSettings(environment, process.cwd());
  const place = await openPlace(environment);
  const state = stateIn(options.state, place);
  say(place.words);
  const cannotSee = await sayWhatIsSeen(place, { alone: options.alone, environment, say });
  const bot = slackAt && (await botOfToken(slackAt, say));
  // Apart for each channel: what one was told, another was not.
  const channel = slackAt?.channel ?? TERMINAL;
  const folder = watchFolder(state.path, channel);
  await makeFolder(folder).catch(stateFault(folder));
  const lock = await lockFolder(folder).catch(stateFault(folder));
  try {
    const kept = await openRecordsFolder(join(folder, "records"), endWith(say));
    if (from !== "") say(from);
    say(slackAt ? words.WATCHING.tellsSlack(channel, bot, inTerminal) : words.WATCHING.tellsTerminal(BOT_TOKEN));
    say(
      [words.WATCHING.looksOnly(folder, inTerminal), options.once ? words.WATCHING.once : words.WATCHING.lasting(options.every), ""].join(
        "\n",
      ),
    );
    const slack = slackAt ? sayingSlack(createSlack(slackAt), say, place.now) : terminalSlack(say, place.now);
    const log = { info() {}, error: (message: string) => say(message) };
    const rds = createRds({ equip: place.follow });
    const { records, takeUp } = withOperated(state.path, kept, channel, () => rds.deployments());
    const outside = { aws: awsHere(undefined, environment), rds, metrics: place.metrics, time: place.clock };
    const watchedFrom = { machine: hostname(), cannotSee };
    const look = createWatcher({
      ...outside,
      records,
      takeUp,
      slack,
      from: watchedFrom,
      settings,
      log,
      ...(!slackAt && { form: inTerminal }),
    });
    const advise = (error: SlackError) => (slackAt ? slackAdvice(error, bot, slackAt) : error.message);
    const goOn = `npx bluegreen-guard watch${state.option}`;
    return await lookAgain({ ...options, ...settings, look, place, records, advise, terminal, goOn });
  } finally {
    place.clock.stop();
    await lock.release();
  }
}

/** Ends this process where its state cannot be kept: to go on without it would be to tell everything again. */
const endWith =
  (say: (text: string) => void) =>
  async (error: Error): Promise<never> => {
    say(error.message);
    return process.exit(1);
  };
