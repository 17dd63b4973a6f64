/** Text of others as a sentence among ours: with a full stop where it has no end. */
export const sentence = (text: string): string => (/[.!?]$/.test(text.trim()) || text.trim() === "" ? text.trim() : `${text.trim()}.`);
