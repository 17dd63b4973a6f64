/** So many of something, such as "1 event" and "2 events". */
export const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? "" : "s"}`;
