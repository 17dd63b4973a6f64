import { optionsIn } from "../../local/cli/arguments.ts";
import { UsageError } from "../../local/cli/mistake.ts";

/** The options of `npm run soak`. */
export interface SoakOptions {
  minutes: number;
  seed: number;
  /** The only story to play, of all with this seed. */
  story?: number;
  /** The rule that the guard is to be played without. */
  without?: string;
}

const LARGEST_SEED = 2 ** 32 - 1;

/** What `npm run soak -- --help` says; `rules` are what it can be played without. */
export const usage = (rules: readonly { id: string; words: string }[]): string => `Usage: npm run -s soak -- [options]

Plays random stories of 1 to 20 blue/green deployments against the guard, in memory and faster than time: people, the policy and the
console change them at once, while answers are old, services are down, events and starts are lost, late or doubled, and processes die.
Counts what must never be, by what is true, and says how to play such a story again.

  --minutes N     how long it plays stories, 0.05 to 10000 (default 1)
  --seed S        a whole number; the same seed plays the same stories (default: a random one, which is printed)
  --story K       play only story K of that seed, and print what happens in it
  --without RULE  take one rule out of a copy of the guard: the soak has to notice. RULE is one of
${rules.map(({ id, words }) => `                    ${id.padEnd(24)} ${words}`).join("\n")}
  --help          say this

Exit code 0: nothing that must never be. 1: something that must never be. 2: it was called in a way that it does not know.
`;

/** Reads the options; undefined if they ask for help. @throws UsageError for anything that it does not know */
export function readOptions(args: string[], rules: readonly { id: string }[], randomSeed: number): SoakOptions | undefined {
  const given = optionsIn(args, OPTIONS);
  if (given.help) return undefined;
  const minutes = numberOf("minutes", given.minutes ?? "1", /^\d{1,5}(\.\d+)?$/, 0.05, 10_000);
  const seed = numberOf("seed", given.seed ?? String(randomSeed), /^\d{1,10}$/, 0, LARGEST_SEED);
  const story = given.story === undefined ? undefined : numberOf("story", given.story, /^\d{1,9}$/, 0, 999_999_999);
  const { without } = given;
  if (without !== undefined && !rules.some(({ id }) => id === without))
    throw new UsageError(`--without takes one of ${rules.map(({ id }) => id).join(", ")}; received "${without}".`);
  if (story !== undefined && given.seed === undefined) throw new UsageError("--story needs the seed that it is a story of: --seed S.");
  return { minutes, seed, ...(story !== undefined && { story }), ...(without !== undefined && { without }) };
}

function numberOf(name: string, text: string, form: RegExp, least: number, most: number): number {
  const value = Number(text);
  if (form.test(text) && value >= least && value <= most) return value;
  throw new UsageError(`--${name} takes a ${name === "minutes" ? "" : "whole "}number from ${least} to ${most}; received "${text}".`);
}

const OPTIONS = {
  minutes: { type: "string" },
  seed: { type: "string" },
  story: { type: "string" },
  without: { type: "string" },
  help: { type: "boolean" },
} as const;
