import { isBusThere } from "../../../src/clients/bus.ts";
import * as words from "../../../src/messages/language.ts";
import { sentence } from "../../../src/messages/sentences.ts";
import { inTerminal } from "../../../src/messages/terminal/form.ts";
import { readTerminalSettings } from "../../../src/settings/terminal.ts";
import { awsAdvice } from "../aws-advice.ts";
import { awsHere } from "../aws-here.ts";

/** Whether the guard is deployed in an account and region, where it has its event bus. */
export interface Deployed {
  /** The bus by which it is known. */
  bus: string;
  /** Or why that cannot be seen, as sentences. */
  isThere: boolean | { unseen: string };
}

/** Looks for the guard's event bus where the environment points. */
export async function lookForGuard(environment: NodeJS.ProcessEnv): Promise<Deployed> {
  const { bus } = readTerminalSettings(environment);
  try {
    return { bus, isThere: await isBusThere(bus, { ...awsHere(undefined, environment), maxAttempts: 2 }) };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const unseen = isDenied(error) ? sentence(error.message) : (awsAdvice(error) ?? `${error.name}: ${sentence(error.message)}`);
    return { bus, isThere: { unseen } };
  }
}

const isDenied = ({ name }: Error): boolean => name.startsWith("AccessDenied");

/**
 * Why nothing may do the guard's work beside it, in sentences; undefined if none is deployed, or if a person vouches for that (`alone`) where
 * it cannot be seen. `instead` says what to do if it is deployed.
 */
export function whyNotBeside({ bus, isThere }: Deployed, alone: boolean, instead: string): string | undefined {
  if (typeof isThere === "boolean") return isThere ? words.BESIDE.isDeployed(bus, instead, inTerminal) : undefined;
  if (alone) return undefined;
  return words.BESIDE.unseen(isThere.unseen);
}
