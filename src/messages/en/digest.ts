import type { Form } from "../form.ts";

/** Several facts in one entry. */
export const DIGEST = {
  title: (count: number): string => `${count} things happened, newest first`,
  span: (from: string, to: string, as: Form): string => `from ${as.time(from)} to ${as.time(to)}`,
  notListed: (count: number): string => `${count} earlier or less important ones are not listed`,
};
