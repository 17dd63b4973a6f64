import type { DeploymentView } from "../deployments/deployment.ts";
import type { LagShown } from "../deployments/lag-shown.ts";
import { hashOf } from "./hash-of.ts";
import { type DeploymentRecord, waitsOf } from "./record.ts";

/** What the index says of a deployment's record, so that a sweep that finds nothing new need not read it. */
export interface Hint {
  /** The digest of the last look, after which the same look would change nothing. */
  sees?: string;
  /** True if what is known asks for the policy. */
  asks?: true;
  /** What the card shows of the lag. */
  shown?: LagShown;
  /** Since when its creation has shown the same progress (ISO 8601). */
  since?: string;
  /** When those who were called are called once more (ISO 8601), unless somebody takes it before. */
  due?: string;
  /** Its rank in each channel that something of it waits for. */
  waits?: Readonly<Record<string, string>>;
}

/** The hint of a record; undefined if it says nothing. */
export function hintOf(record: DeploymentRecord): string | undefined {
  const { sees, asks, lag, progress, seen, incident } = record;
  const waits = waitsOf(record);
  const since = seen?.deployment.status === "PROVISIONING" ? progress?.since : undefined;
  const hint: Hint = { sees, asks, shown: lag?.shown, since, due: incident?.due, waits: Object.keys(waits).length > 0 ? waits : undefined };
  const text = JSON.stringify(hint);
  return text === "{}" ? undefined : text;
}

/** The hint in a place of the index. */
export const hintIn = ({ hint = "{}" }: { hint?: string }): Hint => JSON.parse(hint) as Hint;

/** A digest of what a look at RDS shows, and of the lag. */
export const digestOf = (view: DeploymentView, shown: LagShown | undefined): string => hashOf([view, shown]);
