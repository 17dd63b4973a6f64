import { readFileSync } from "node:fs";

/** An RDS event in its EventBridge envelope, loosely typed so that a test may break it. */
export interface Envelope {
  source?: unknown;
  "detail-type"?: unknown;
  detail: Record<string, unknown>;
  [field: string]: unknown;
}

/** A recorded event of `test/events`, with fields of its detail changed; `undefined` takes a field out. */
export function recorded(name: string, detail: Record<string, unknown> = {}): Envelope {
  const envelope = JSON.parse(readFileSync(new URL(`../events/${name}.json`, import.meta.url), "utf8")) as Envelope;
  const changed = Object.entries({ ...envelope.detail, ...detail }).filter(([, value]) => value !== undefined);
  return { ...envelope, detail: Object.fromEntries(changed) };
}

/** One event as the article about a real upgrade recorded it. */
export interface ArticleEvent {
  time: string;
  sourceType: "CLUSTER" | "DB_INSTANCE" | "BLUE_GREEN_DEPLOYMENT";
  sourceIdentifier: string;
  message: string;
}

/** The events of the real upgrade, in order. */
export const articleEvents: ArticleEvent[] = (
  JSON.parse(readFileSync(new URL("../../local/recorded/aurora-major-upgrade-2024-02-05.json", import.meta.url), "utf8")) as {
    events: ArticleEvent[];
  }
).events;

const DETAIL_TYPES = {
  CLUSTER: "RDS DB Cluster Event",
  DB_INSTANCE: "RDS DB Instance Event",
  BLUE_GREEN_DEPLOYMENT: "RDS Blue Green Deployment Event",
};

/** An event as the article recorded it, in an envelope without event id or categories: it has neither. */
export function envelopeOf(event: ArticleEvent): Envelope {
  return {
    source: "aws.rds",
    account: "123456789012",
    region: "ap-northeast-1",
    "detail-type": DETAIL_TYPES[event.sourceType],
    detail: {
      SourceType: event.sourceType,
      SourceIdentifier: event.sourceIdentifier,
      Date: event.time.replace("Z", ":00.000Z"),
      Message: event.message,
    },
  };
}
