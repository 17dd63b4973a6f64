import { randomUUID } from "node:crypto";

/** An event as EventBridge sends it to the targets of its rules. */
export interface BusEvent {
  version: "0";
  id: string;
  "detail-type": string;
  source: string;
  account: string;
  /** ISO 8601, to the second. */
  time: string;
  region: string;
  resources: string[];
  detail: Record<string, unknown>;
}

/** One entry of a PutEvents request. */
export interface PutEventsEntry {
  EventBusName?: string;
  Source?: string;
  DetailType?: string;
  Detail?: string;
  /** Seconds since 1970. */
  Time?: number;
  Resources?: string[];
}

/** The result of an entry: the event's id, or why it was refused. */
export type PutEventsResult = { EventId: string } | { ErrorCode: string; ErrorMessage: string };

/** Options for an event bus: its name, account, region and clock. */
export interface EventBusOptions {
  name: string;
  account: string;
  region: string;
  now(): number;
}

/** A custom event bus on one machine, which keeps its events in order. */
export class EventBus {
  readonly name: string;
  readonly events: BusEvent[] = [];
  /** False where nobody has created it: EventBridge then knows no bus of this name. */
  exists = true;
  /** False where whoever asks about it lacks the permission events:DescribeEventBus. */
  mayDescribe = true;
  readonly #options: EventBusOptions;
  readonly #listeners = new Set<(event: BusEvent) => void>();
  #toFail = 0;

  constructor(options: EventBusOptions) {
    this.name = options.name;
    this.#options = options;
  }

  onEvent(listener: (event: BusEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Refuses the next `count` entries with HTTP 200, as AWS does when it is overloaded. */
  failNext(count: number): void {
    this.#toFail = count;
  }

  get arn(): string {
    const { region, account } = this.#options;
    return `arn:aws:events:${region}:${account}:event-bus/${this.name}`;
  }

  put(entry: PutEventsEntry): PutEventsResult {
    const refusal = this.#overloaded() ?? refusalOf(entry);
    if (refusal) return refusal;
    const { now, account, region } = this.#options;
    const event: BusEvent = {
      version: "0",
      id: randomUUID(),
      "detail-type": entry.DetailType ?? "",
      source: entry.Source ?? "",
      account,
      time: `${new Date(entry.Time === undefined ? now() : entry.Time * 1_000).toISOString().slice(0, 19)}Z`,
      region,
      resources: entry.Resources ?? [],
      detail: objectIn(entry.Detail) ?? {},
    };
    this.events.push(event);
    for (const listener of this.#listeners) listener(event);
    return { EventId: event.id };
  }

  #overloaded(): PutEventsResult | undefined {
    if (this.#toFail === 0) return undefined;
    this.#toFail -= 1;
    return { ErrorCode: "ThrottlingException", ErrorMessage: "Rate exceeded" };
  }
}

/** Source: EventBridge API, PutEvents and PutEventsResultEntry. */
function refusalOf({ Source, DetailType, Detail }: PutEventsEntry): PutEventsResult | undefined {
  for (const [name, value] of Object.entries({ Source, DetailType, Detail })) {
    if (!value)
      return { ErrorCode: "InvalidArgument", ErrorMessage: `Parameter ${name} is not valid. Reason: ${name} is a required argument.` };
  }
  if (Source?.startsWith("aws.")) return { ErrorCode: "NotAuthorizedForSourceException", ErrorMessage: "Not authorized for the source." };
  if (!objectIn(Detail)) return { ErrorCode: "MalformedDetail", ErrorMessage: "Detail is malformed." };
  return undefined;
}

function objectIn(text = ""): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
