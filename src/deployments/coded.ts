/** One of the codes in `Codes`, with its data: what is stored and compared; its words are made in `messages`. */
export type Coded<Codes> = { [Code in keyof Codes]: { code: Code } & Codes[Code] }[keyof Codes];
