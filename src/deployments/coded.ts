/** One of the codes in `Codes`, with its data: what is stored and compared; its words are made in `messages`. */
export type Coded<Codes> = { [Code in keyof Codes]: { code: Code } & Codes[Code] }[keyof Codes];

/** A code with data that only the room that made it, and the words for it, know. */
export interface Saying {
  code: string;
}
