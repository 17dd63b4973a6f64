import type * as en from "./en/index.ts";

/** Every word for people: a second language is a second folder whose modules have these. */
export type Language = typeof en;

// Not as one object, which would bring all words into every bundle.
export * from "./en/index.ts";
