import { oneLine } from "../../visible.ts";
import { awsAdvice, awsRemedy, NETWORK, readable } from "../aws-advice.ts";
import { Mistake } from "../mistake.ts";
import type { Visit } from "./visit.ts";

/** What a question came to: `unknown` if nobody answered it. */
export type DoctorResult = "pass" | "fail" | "unknown";

/** What came of one question. */
export interface Finding {
  result: DoctorResult;
  /** What was answered, in few words. */
  came: string;
  /** What that means, as a sentence. */
  means: string;
  /** What to do, as a sentence; a question that passed can have advice, too. */
  todo?: string;
}

/** One line of the report. */
export interface Line extends Finding {
  id: string;
  /** What was asked, as a phrase. */
  asked: string;
}

/** One question of `doctor`. */
export interface DoctorCheck {
  /** Unique; scripts may rely on it. */
  id: string;
  asked: string;
  /** Whether it needs a deployed guard. */
  of: "account" | "stack";
  /** False if nothing asks it here, such as commands of a guard that takes none; it has no line then. */
  applies?(visit: Visit): boolean;
  /** @throws anything that keeps it from an answer, which makes it unknown */
  ask(visit: Visit): Promise<Finding>;
}

export const pass = (came: string, means: string, todo?: string): Finding => ({ result: "pass", came, means, ...(todo && { todo }) });
export const fail = (came: string, means: string, todo: string): Finding => ({ result: "fail", came, means, todo });
export const unknown = (came: string, means: string, todo: string): Finding => ({ result: "unknown", came, means, todo });

const NOT_KNOWN = "Whether this is as it should be is not known.";

/** Asks one question; what keeps it from an answer makes it unknown, and the others go on. @throws Mistake */
export async function lineOf({ id, asked, ask }: DoctorCheck, visit: Visit): Promise<Line> {
  const finding = await ask(visit).catch((error: unknown) => unanswered(error));
  return { id, asked, ...finding };
}

/** What a question came to that ended in an error. @throws Mistake, which a person can correct and ask again */
export function unanswered(error: unknown): Finding {
  if (error instanceof Mistake) throw error;
  if (!(error instanceof Error) || awsAdvice(error) === undefined) return unknown(oneLine(String(error)), NOT_KNOWN, REPORT);
  const came = `${error.name}: ${readable(error.message || String("code" in error ? error.code : "")).replaceAll(/\s+/g, " ")}`;
  if (/^(AccessDenied|Unauthorized|Forbidden|Authorization)/.test(error.name)) return unknown(came, NOT_KNOWN, LACKS);
  return unknown(
    came,
    NOT_KNOWN,
    remedyOf(error) ?? "Run doctor again in a minute, and look at the service's health in this Region if it stays so.",
  );
}

/** The same as for every command, which names AWS: here it stands below another question. */
function remedyOf(error: Error): string | undefined {
  const remedy = awsRemedy(error);
  return remedy === NETWORK
    ? "AWS cannot be reached from this computer: look at the network, at a proxy, and at AWS_ENDPOINT_URL and the profile's endpoint_url."
    : remedy;
}

const REPORT = "Something answered what doctor does not understand: report this line. The other questions are asked all the same.";
const LACKS = "Run doctor with credentials that may ask this; they need no right to change anything.";
