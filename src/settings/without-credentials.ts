/** The text without what stands before the host of each URL in it: a name and a password, which are nobody's but their owner's. */
export const withoutCredentials = (text: string): string => text.replace(/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/?#]*@/gi, "$1");
