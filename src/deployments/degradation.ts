/** Whether replication to green is degraded, as DescribeEvents and the deployment's status say; no field of the API says it outright. */
export type Degradation =
  | {
      state: "degraded";
      /** ISO 8601: when it was last said. */
      lastAt: string;
      /** What said it: an event's text, or the status. */
      text: string;
    }
  | { state: "not-seen" }
  /** Events are kept for 14 days: of an older deployment nothing that is not listed is known. */
  | { state: "unknown"; reason: string };
