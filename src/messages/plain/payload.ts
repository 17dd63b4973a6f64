import type { BusFact } from "../../facts/bus-fact.ts";

/** What a webhook gets of a fact; docs/webhook.md describes each field. */
export interface FactPayload {
  /** `deployment.` and the signal, such as `deployment.replication-degraded`. */
  type: string;
  /** When it happened, ISO 8601. */
  timestamp: string;
  data: FactData;
}

/** The fact itself; what is not known is left out. */
export interface FactData extends Partial<Pick<BusFact["detail"], Copied>> {
  /** The same however often the fact is sent. */
  id: string;
  title: string;
  text: string;
  /** The fact's `detail-type` on the event bus. */
  name: string;
  account: string;
  region: string;
}

const COPIED = [
  "signal",
  "severity",
  "urgency",
  "production",
  "database",
  "blue",
  "deploymentId",
  "deploymentName",
  "source",
  "target",
  "message",
  "operation",
  "requestId",
] as const;
type Copied = (typeof COPIED)[number];

/** The payload for an event of the bus; undefined if it is no fact. Source: Standard Webhooks, specification, "Payload structure". */
export function factPayload(event: unknown): FactPayload | undefined {
  if (typeof event !== "object" || event === null) return undefined;
  const { "detail-type": name, account, region, detail } = event as Record<string, unknown>;
  if (typeof detail !== "object" || detail === null) return undefined;
  const { factId: id, signal, title, text, occurredAt: timestamp } = detail as Record<string, unknown>;
  if (![name, account, region, id, signal, title, text, timestamp].every((it) => typeof it === "string")) return undefined;
  const known = COPIED.map((key) => [key, (detail as Record<string, unknown>)[key]]).filter(([, value]) => value !== undefined);
  const data = { id, title, text, name, account, region, ...Object.fromEntries(known) } as FactData;
  return { type: `deployment.${signal}`, timestamp: String(timestamp), data };
}

/** What a webhook gets when a person tests it. */
export const testPayload = (id: string, timestamp: string): { type: "test"; timestamp: string; data: { id: string } } => ({
  type: "test",
  timestamp,
  data: { id },
});
