import { createHash } from "node:crypto";

/** The kind of resource that an event is about, with the values of DescribeEvents' SourceType. */
export type SourceType = "blue-green-deployment" | "db-cluster" | "db-instance" | (string & {});

/**
 * An RDS event in the guard's normal form, whether EventBridge delivered it or DescribeEvents listed it.
 *
 * Source: Amazon EventBridge reference, "Amazon RDS events"; RDS API, `Event`.
 */
export interface RdsEvent {
  sourceType: SourceType;
  /** The database's name at the time of the event, or the deployment's `bgd-…` id. */
  sourceIdentifier: string;
  sourceArn?: string;
  /** ISO 8601, UTC, with milliseconds. */
  date: string;
  message: string;
  /** Such as `RDS-EVENT-0244`; DescribeEvents never returns one, and EventBridge sometimes omits it. */
  eventId?: string;
  categories: string[];
  tags: Record<string, string>;
}

/**
 * The source's name: an identifier with a colon in it is no name of a database or a deployment, and then the ARN has the name.
 *
 * Source: RDS User Guide, sample events of 2018 ("rds:my-db-instance" beside an ARN that ends in ":db:my-db-instance").
 */
export function sourceNameOf(identifier: string, arn: string | null | undefined): string {
  if (!identifier.includes(":") || !arn) return identifier;
  return arn.split(":").slice(6).join(":") || identifier;
}

/** What identifies an event, no matter which way or how often it arrives, for people to read. */
export function identityOf({ sourceType, sourceIdentifier, date, message }: RdsEvent): string {
  return [sourceType, sourceIdentifier, Date.parse(date), message].join("|");
}

/** The key that identifies an event: 96 bits of a hash of its identity, which can be long. */
export function deliveryKey(event: RdsEvent): string {
  return createHash("sha256").update(identityOf(event)).digest("base64url").slice(0, 16);
}
