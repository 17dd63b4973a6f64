import type { RdsEvent } from "../events/rds-event.ts";
import type { Reading } from "./rule.ts";

/** Returns the named groups of `pattern` that matched in the event's message, each without a final full stop. */
export function readText(event: RdsEvent, pattern: RegExp): Record<string, string> {
  const groups = pattern.exec(event.message.trim())?.groups ?? {};
  const found = Object.entries(groups).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return Object.fromEntries(found.map(([name, value]) => [name, value.replace(/\.$/, "")]));
}

const PAIR = /^(?:Switchover from|Sequence sync for switchover of) (?:.*?\s)?(?<blue>\S+) to (?<green>\S+) /i;

/** Reads blue and green from a switchover's text, whatever AWS calls them there ("DB cluster", "primary", "read replica"). */
export function readPair(event: RdsEvent): Reading {
  return readText(event, PAIR);
}

const DEPLOYMENT_NAME = /on blue\/green deployment (?<deploymentName>.+?)\.?$/i;

/** Reads the deployment's name if AWS appended it to the text. */
export function readDeploymentName(event: RdsEvent): Reading {
  return readText(event, DEPLOYMENT_NAME);
}

/** True if the text says that DDL or large objects on blue broke replication, which only a new deployment fixes. */
export function saysDegraded(text: string): boolean {
  return /REPLICATION_DEGRADED|replication (has been |is )?degraded|\bDDL or Large Object changes\b/i.test(text);
}
