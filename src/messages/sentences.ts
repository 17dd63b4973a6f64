// A command at the end: whoever copies it must not copy a full stop with it.
const COMMAND = /(?:^|[\s`])(?:\/bluegreen|npx bluegreen-guard)\b[^`\n]*`?$/;

/** Somebody else's text as a sentence among ours: adds a full stop if it has no end mark and does not end with a command. */
export const sentence = (text: string): string =>
  /[.!?]$/.test(text.trim()) || text.trim() === "" || COMMAND.test(text.trim()) ? text.trim() : `${text.trim()}.`;

/** Sentences as one text; one that is empty leaves no hole, and one that ends with a command ends its line. */
export const told = (...sentences: readonly string[]): string =>
  sentences.filter((it) => it !== "").reduce((all, it) => (all === "" ? it : `${all}${COMMAND.test(all) ? "\n" : " "}${it}`), "");
