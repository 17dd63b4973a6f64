import type { Coded } from "../deployments/coded.ts";

/** How a kind of receiver writes what sentences name. The sentences are the same for all of them. */
export interface Form {
  /** Text from outside as part of a sentence: made harmless, on one line, at most `most` characters. */
  text(outside: string, most?: number): string;
  /** A name or a value that is copied letter by letter; at most `most` characters. */
  code(outside: string, most?: number): string;
  /** Text from outside of several lines, set apart from the guard's own words; at most `most` characters. */
  quote(outside: string, most?: number): string;
  /** The words that a reader looks for first. */
  strong(words: string): string;
  /** A day and its time, from ISO 8601. */
  time(iso: string): string;
  /** The time of a day that the sentence is about, to the second, from ISO 8601. */
  clock(iso: string): string;
  /** A person or another caller, as AWS or Slack names them. */
  person(who: Person): string;
  /** Words that lead to a page; `url` is the guard's own. */
  link(url: string, words: string): string;
  /** What a person types to the guard, such as `recreate orders`. */
  command(command: string, ...rest: readonly string[]): string;
}

/** Who asked, approved or stopped; `id` is Slack's user id, if they did it there. */
export interface Person {
  name: string;
  id?: string;
}

/** The words of a language for every code in `Codes`. */
export type Words<Codes> = { readonly [Code in keyof Codes]: (it: Codes[Code], as: Form) => string };

/** The words for a code and its data. */
export function say<Codes>(words: Words<Codes>, it: Coded<Codes>, as: Form): string {
  return (words[it.code as keyof Codes] as (it: unknown, as: Form) => string)(it, as);
}
