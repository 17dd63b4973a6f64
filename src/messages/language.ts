import * as en from "./en/index.ts";

/** Every word for people: a second language is a second folder whose modules have these. */
export type Language = typeof en;

/** The words in the language of the guard's readers. */
export const words: Language = en;
