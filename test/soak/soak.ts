import { mistakeWords } from "../../local/cli/mistake.ts";
import { MUTANTS } from "./mutants.ts";
import { readOptions, type SoakOptions, usage } from "./options.ts";
import { playStory } from "./play.ts";
import { Report, violationLines } from "./report.ts";
import { shrunk } from "./shrink.ts";
import { storyOf } from "./story.ts";
import { playWithout } from "./without.ts";

const say = (line: string) => process.stdout.write(`${line}\n`);

/** Plays stories until the time is over or one goes wrong; returns the exit code. */
async function soak({ minutes, seed, story, without }: SoakOptions, play: typeof playStory): Promise<number> {
  say(`seed: ${seed}`);
  const report = new Report();
  const begun = performance.now();
  let number = story ?? 0;
  do {
    const played = await play(storyOf(seed, number));
    report.add(played);
    if (played.violations.length > 0) {
      say(`found after ${((performance.now() - begun) / 1_000).toFixed(1)} s, in story ${number}`);
      const steps = story === undefined ? (await shrunk(played, play)).steps : played.steps;
      for (const line of violationLines({ ...played, steps }, without)) say(line);
      break;
    }
    if (story !== undefined) for (const step of played.steps) say(step);
    number += 1;
  } while (story === undefined && performance.now() - begun < minutes * 60_000);
  for (const line of report.lines()) say(line);
  return report.violations.length > 0 ? 1 : 0;
}

async function main(args: string[]): Promise<number> {
  const options = readOptions(args, MUTANTS, Math.floor(Math.random() * 2 ** 32));
  if (!options) {
    process.stdout.write(usage(MUTANTS));
    return 0;
  }
  if (options.without === undefined) return soak(options, playStory);
  const { play, remove } = await playWithout(options.without);
  try {
    return await soak(options, play);
  } finally {
    remove();
  }
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const mistake = mistakeWords(error, "npm run soak -- --help");
  if (mistake === undefined) throw error;
  process.stderr.write(mistake);
  process.exitCode = 2;
}
