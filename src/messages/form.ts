import type { Coded } from "../deployments/coded.ts";
import type { Person } from "../deployments/person.ts";

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
  /** A channel, by its id. */
  channel(id: string): string;
  /** An AWS account, with the name that its people give it. */
  account(id: string): string;
  /** The CloudWatch log group of who tells it, if there is one. */
  readonly logGroup?: string;
  /** Words that lead to a page; `url` is the guard's own. */
  link(url: string, words: string): string;
  /** What a person types to the guard, such as `recreate orders`. */
  command(command: string, ...rest: readonly string[]): string;
}

/** The words of a language for every code in `Codes`; `As` is a form that says more of its reader. */
export type Words<Codes, As extends Form = Form> = { readonly [Code in keyof Codes]: (it: Codes[Code], as: As) => string };

/** The words for a code and its data. */
export function say<Codes, As extends Form>(words: Words<Codes, As>, it: Coded<Codes>, as: As): string {
  return (words[it.code as keyof Codes] as (it: unknown, as: As) => string)(it, as);
}
