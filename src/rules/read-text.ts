import type { RdsEvent } from "../events/rds-event.ts";
import type { Reading } from "./rule.ts";

/** The named groups of `pattern` in the event's message, without those that did not match; the final full stop is no part of a name. */
export function readText(event: RdsEvent, pattern: RegExp): Record<string, string> {
  const groups = pattern.exec(event.message.trim())?.groups ?? {};
  const found = Object.entries(groups).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return Object.fromEntries(found.map(([name, value]) => [name, value.replace(/\.$/, "")]));
}

const PAIR = /^(?:Switchover from|Sequence sync for switchover of) (?:.*?\s)?(?<blue>\S+) to (?<green>\S+) /i;

/** The blue and green of a switchover's text, by whatever words AWS introduces them ("DB cluster", "primary", "read replica"). */
export function readPair(event: RdsEvent): Reading {
  return readText(event, PAIR);
}

const DEPLOYMENT_NAME = /on blue\/green deployment (?<deploymentName>.+?)\.?$/i;

/** The deployment's name where AWS appended it to the text. */
export function readDeploymentName(event: RdsEvent): Reading {
  return readText(event, DEPLOYMENT_NAME);
}

/** True where a reason says that DDL or large objects on blue broke replication, which only a new deployment mends. */
export function saysDegraded(text: string): boolean {
  return /REPLICATION_DEGRADED|replication (has been |is )?degraded|\bDDL or Large Object changes\b/i.test(text);
}
