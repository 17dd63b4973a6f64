import { awsAdvice, isNoUrl } from "./aws-advice.ts";
import { EXIT } from "./exit.ts";

/** What a person can do about an error, and the exit code. */
export interface Problem {
  says: string;
  code: typeof EXIT.failed | typeof EXIT.refused;
}

/**
 * What to say of an error: `mistake` is what the person who typed can correct, if it is that; otherwise AWS could not be asked, or refused.
 *
 * @throws the error itself if it is neither
 */
export function problemOf(error: unknown, mistake: string | undefined): Problem {
  if (mistake !== undefined) return { says: mistake, code: EXIT.refused };
  const advice = awsAdvice(error);
  if (advice === undefined) throw error;
  return { says: advice, code: isNoUrl(error) ? EXIT.refused : EXIT.failed };
}
