import type { Clock } from "../../local/clock.ts";
import { documented, type EventSourceType } from "./event-ids.ts";
import type { ArnOf, Identifiers, ResourceKind } from "./identifiers.ts";
import type { Store } from "./store.ts";

/** An event to publish. */
export interface NewEvent {
  sourceType: EventSourceType;
  sourceIdentifier: string;
  message: string;
  /** Milliseconds since 1970; the clock's current time if left out. */
  date?: number;
  /** Looked up by the text in AWS's tables if left out. */
  eventId?: string;
  categories?: readonly string[];
  /** Whether the article of 2024-02-05 recorded it or the lab made it up (the default); never on the wire. */
  origin?: "recorded" | "lab";
}

/** An event of the lab's history. */
export interface LabEvent extends Omit<NewEvent, "date" | "categories" | "origin"> {
  /** ISO 8601, UTC, with milliseconds. */
  date: string;
  sourceArn: string;
  categories: string[];
  origin: "recorded" | "lab";
}

/** An RDS event as EventBridge delivers it. Source: Amazon EventBridge reference, "Amazon RDS events". */
export interface LabEnvelope {
  version: "0";
  id: string;
  "detail-type": string;
  source: "aws.rds";
  account: string;
  /** `detail.Date` cut to whole seconds. */
  time: string;
  region: string;
  resources: string[];
  detail: {
    EventCategories: string[];
    SourceType: EventSourceType;
    SourceArn: string;
    Date: string;
    Message: string;
    SourceIdentifier: string;
    EventID?: string;
    Tags?: Record<string, string>;
  };
}

const KINDS: Record<EventSourceType, { arn: ResourceKind; detailType: string }> = {
  BLUE_GREEN_DEPLOYMENT: { arn: "deployment", detailType: "RDS Blue Green Deployment Event" },
  CLUSTER: { arn: "cluster", detailType: "RDS DB Cluster Event" },
  DB_INSTANCE: { arn: "db", detailType: "RDS DB Instance Event" },
};

interface EventLogOptions {
  clock: Clock;
  region: string;
  account: string;
  arnOf: ArnOf;
  identifiers: Identifiers;
  store: Store;
  deliver: (envelope: LabEnvelope) => Promise<void>;
  onError: (error: unknown) => void;
}

/** All events of the lab, in publishing order; passes each one to `deliver`, one after the other. */
export class EventLog {
  readonly history: LabEvent[] = [];
  readonly #options: EventLogOptions;
  #waiting: LabEnvelope[] = [];
  #delivering = false;
  #delivery: Promise<void> = Promise.resolve();

  constructor(options: EventLogOptions) {
    this.#options = options;
  }

  /** Publishes an event: it is in the history immediately and on its way to `deliver`. */
  record(event: NewEvent): void {
    const found = documented(event.sourceType, event.message);
    const full: LabEvent = {
      sourceType: event.sourceType,
      sourceIdentifier: event.sourceIdentifier,
      sourceArn: this.#options.arnOf(KINDS[event.sourceType].arn, event.sourceIdentifier),
      message: event.message,
      date: this.#ownMoment(event),
      eventId: event.eventId ?? found.eventId,
      categories: [...(event.categories ?? found.categories)],
      origin: event.origin ?? "lab",
    };
    this.history.push(full);
    this.#waiting.push(this.#envelope(full));
    if (!this.#delivering) this.#delivery = this.#options.clock.work(() => this.#deliverAll());
  }

  /** Two events of one source never share a millisecond: the second moves on by one. */
  #ownMoment({ sourceType, sourceIdentifier, date = this.#options.clock.now() }: NewEvent): string {
    const taken = new Set(
      this.history
        .filter((event) => event.sourceType === sourceType && event.sourceIdentifier === sourceIdentifier)
        .map((event) => Date.parse(event.date)),
    );
    let own = date;
    while (taken.has(own)) own += 1;
    return new Date(own).toISOString();
  }

  #envelope(event: LabEvent): LabEnvelope {
    const { arn, detailType } = KINDS[event.sourceType];
    const tags = this.#options.store.tagsOf(arn, event.sourceIdentifier);
    return {
      version: "0",
      id: this.#options.identifiers.uuid(),
      "detail-type": detailType,
      source: "aws.rds",
      account: this.#options.account,
      time: `${event.date.slice(0, 19)}Z`,
      region: this.#options.region,
      resources: [event.sourceArn],
      detail: {
        EventCategories: event.categories.length > 0 ? event.categories : ["empty"],
        SourceType: event.sourceType,
        SourceArn: event.sourceArn,
        Date: event.date,
        Message: event.message,
        SourceIdentifier: event.sourceIdentifier,
        ...(event.eventId === undefined ? {} : { EventID: event.eventId }),
        ...(Object.keys(tags).length === 0 ? {} : { Tags: { ...tags } }),
      },
    };
  }

  /** Resolves once every event so far, and those that come meanwhile, have been delivered. */
  delivered(): Promise<void> {
    return this.#delivery;
  }

  /** One delivery at a time and in its own task, so that a `deliver` that waits on the clock delays nothing but later events. */
  async #deliverAll(): Promise<void> {
    this.#delivering = true;
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      await this.#options.deliver(next).catch(this.#options.onError);
    }
    this.#delivering = false;
  }
}
