/** Somebody else's text as a sentence among ours: adds a full stop if it has no end mark. */
export const sentence = (text: string): string => (/[.!?]$/.test(text.trim()) || text.trim() === "" ? text.trim() : `${text.trim()}.`);

/** Sentences as one text; one that is empty leaves no hole. */
export const told = (...sentences: readonly string[]): string => sentences.filter((it) => it !== "").join(" ");
