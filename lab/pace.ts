/** A clock's speed beside the real one's, to be followed by "as the real one". */
export const paceWords = (speed: number): string => (speed === 1 ? "as fast" : `${speed} times as fast`);
