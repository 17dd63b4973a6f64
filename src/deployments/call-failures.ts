/** Why a call to AWS has no answer. */
export interface CallFailures {
  "timed-out": { call: string; seconds: number };
  /** AWS refused the call: the error's name and its own words. */
  refused: { call: string; error: string; text: string };
}
