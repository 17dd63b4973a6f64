import type { RdsEvent } from "../../src/events/rds-event.ts";

/** EventBridge's word for a source type that is not DescribeEvents' own in capitals. Source: EventBridge reference, "Amazon RDS events". */
const WORDS: Record<string, string> = {
  "db-cluster": "CLUSTER",
  "db-cluster-snapshot": "CLUSTER_SNAPSHOT",
  "db-parameter-group": "DB_PARAM",
};

/**
 * The envelope in which EventBridge would have sent an event that DescribeEvents lists; without id and EventID, which no row says.
 *
 * Source: EventBridge reference, "Amazon RDS events": detail-type is `RDS DB Instance Event` for source type db-instance, and so on.
 */
export function envelopeOfRow(event: RdsEvent): object {
  const { sourceType, sourceArn, date } = event;
  return {
    version: "0",
    "detail-type": `RDS ${sourceType.split("-").map(capitalized).join(" ")} Event`,
    source: "aws.rds",
    time: `${date.slice(0, 19)}Z`,
    resources: sourceArn === undefined ? [] : [sourceArn],
    detail: {
      EventCategories: event.categories.length > 0 ? event.categories : ["empty"],
      SourceType: WORDS[sourceType] ?? sourceType.toUpperCase().replaceAll("-", "_"),
      SourceArn: sourceArn,
      Date: date,
      Message: event.message,
      SourceIdentifier: event.sourceIdentifier,
    },
  };
}

/** DescribeEvents' word for EventBridge's source type. */
export function rowWord(sourceType: string): string {
  const word = Object.keys(WORDS).find((it) => WORDS[it] === sourceType);
  return word ?? sourceType.toLowerCase().replaceAll("_", "-");
}

const capitalized = (word: string): string => (word === "db" ? "DB" : word.slice(0, 1).toUpperCase() + word.slice(1));
