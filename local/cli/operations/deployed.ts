import { isBusThere } from "../../../src/clients/bus.ts";
import { sentence } from "../../../src/operations/words.ts";
import type { Answer } from "../../../src/plans/checks.ts";
import { readTerminalSettings } from "../../../src/settings/terminal.ts";
import { awsAdvice } from "../aws-advice.ts";
import { awsHere } from "../aws-here.ts";

/** Whether the guard is deployed in an account and region, where it has its event bus. */
export interface Deployed {
  /** The bus by which it is known. */
  bus: string;
  isThere: Answer<boolean>;
  /** True if that is not known because the permission to look is missing. */
  isDenied: boolean;
}

/** Looks for the guard's event bus where the environment points. */
export async function lookForGuard(environment: NodeJS.ProcessEnv): Promise<Deployed> {
  const { bus } = readTerminalSettings(environment);
  try {
    return { bus, isThere: { known: true, value: await isBusThere(bus, { ...awsHere(), maxAttempts: 2 }) }, isDenied: false };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const isDenied = error.name.startsWith("AccessDenied");
    const reason = isDenied ? sentence(error.message) : (awsAdvice(error) ?? `${error.name}: ${sentence(error.message)}`);
    return { bus, isThere: { known: false, reason }, isDenied };
  }
}

/** What is not seen from here of a deployed guard's operations, in sentences; undefined if none is deployed. */
export async function unseenWords(environment: NodeJS.ProcessEnv): Promise<string | undefined> {
  const { bus, isThere } = await lookForGuard(environment);
  if (!isThere.known) return `Whether a guard is deployed in this account and region, and at work on it, cannot be seen. ${isThere.reason}`;
  if (!isThere.value) return undefined;
  return (
    `A guard is deployed in this account and region: its event bus "${bus}" is there. What it does is not seen from here: ` +
    "set BLUEGREEN_GUARD_TABLE to its stack's output BlueGreenGuardTable, and ask again."
  );
}

/**
 * Why nothing may do the guard's work beside it, in sentences; undefined if none is deployed, or if a person vouches for that (`alone`) where
 * it cannot be seen. `instead` says what to do if it is deployed.
 */
export function whyNotBeside({ bus, isThere, isDenied }: Deployed, alone: boolean, instead: string): string | undefined {
  if (isThere.known)
    return isThere.value ? `The guard is deployed in this account and region: its event bus "${bus}" is there. ${instead}` : undefined;
  if (alone) return undefined;
  const first = isDenied ? "Sign in with the permission events:DescribeEventBus" : "Try again once that is mended";
  return (
    `Whether the guard is deployed in this account and region cannot be seen. ${isThere.reason} ` +
    `Two guards on the same databases get in each other's way. ${first}, or say --alone if you know that it is not deployed here.`
  );
}
