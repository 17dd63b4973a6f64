/** What an event is about, in the words of DescribeEvents' SourceType. */
export type SourceType = "blue-green-deployment" | "db-cluster" | "db-instance" | (string & {});

/**
 * One RDS event in the guard's normal form, the same whether EventBridge delivered it or DescribeEvents listed it.
 *
 * Source: Amazon EventBridge reference, "Amazon RDS events"; RDS API, `Event`.
 */
export interface RdsEvent {
  sourceType: SourceType;
  /** The database's name at that time, or the deployment's `bgd-…` id. */
  sourceIdentifier: string;
  sourceArn?: string;
  /** ISO 8601, UTC, with milliseconds. */
  date: string;
  message: string;
  /** `RDS-EVENT-0244`; DescribeEvents never carries one, and EventBridge sometimes leaves it out. */
  eventId?: string;
  categories: string[];
  tags: Record<string, string>;
}

/** The key of one event's delivery: the same text whichever way and however often the event arrives. */
export function deliveryKey(event: RdsEvent): string {
  return [event.sourceType, event.sourceIdentifier, Date.parse(event.date), event.message].join("|");
}
