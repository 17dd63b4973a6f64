import { UsageError } from "../../lab/usage-error.ts";
import { readOptions, type SoakOptions, usage } from "./options.ts";
import { playStory } from "./play.ts";
import { Report, violationLines } from "./report.ts";
import { shrunk } from "./shrink.ts";
import { storyOf } from "./story.ts";

const say = (line: string) => process.stdout.write(`${line}\n`);

/** Plays stories until the time is over or one goes wrong; returns the exit code. */
async function soak({ minutes, seed, story, without }: SoakOptions): Promise<number> {
  say(`seed: ${seed}`);
  const report = new Report();
  const until = performance.now() + minutes * 60_000;
  let number = story ?? 0;
  do {
    const played = await playStory(storyOf(seed, number));
    report.add(played);
    if (played.violations.length > 0) {
      const steps = story === undefined ? (await shrunk(played)).steps : played.steps;
      for (const line of violationLines({ ...played, steps }, without)) say(line);
      break;
    }
    if (story !== undefined) for (const step of played.steps) say(step);
    number += 1;
  } while (story === undefined && performance.now() < until);
  for (const line of report.lines()) say(line);
  return report.violations.length > 0 ? 1 : 0;
}

try {
  const options = readOptions(process.argv.slice(2), [], Math.floor(Math.random() * 2 ** 32));
  if (options) process.exitCode = await soak(options);
  else process.stdout.write(usage([]));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
