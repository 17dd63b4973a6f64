import type { Form } from "../form.ts";
import { counted } from "./counted.ts";

/** What an entry about several facts says of them. */
export const DIGEST = {
  title: (count: number): string => `${count} things happened, newest first`,
  others: (count: number, from: string, to: string, as: Form): string =>
    `It is told late, with ${counted(count, "other thing")} that happened from ${as.time(from)} to ${as.time(to)}: the thread lists them.`,
  span: (from: string, to: string, as: Form): string => `from ${as.time(from)} to ${as.time(to)}`,
  notListed: (count: number): string => `${count} earlier or less important ones are not listed`,
};

/** Where what to do stands, if an entry does not say it. */
export const cardSays = "The card says how it stands now, and what to do.";
