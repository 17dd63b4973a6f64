/** What an event is about, in the words of the EventBridge envelope. */
export type EventSourceType = "BLUE_GREEN_DEPLOYMENT" | "CLUSTER" | "DB_INSTANCE";

/** One row of AWS's tables of RDS events, found by its text. */
interface Row {
  id: string;
  category: string;
  text: RegExp;
  /** The source type of the table, where another one sends the same words without an id. */
  only?: EventSourceType;
}

/**
 * The rows of AWS's tables whose texts the lab sends.
 *
 * Source: RDS and Aurora User Guide, "Amazon RDS event categories and event messages" (USER_Events.Messages).
 */
const ROWS: readonly Row[] = [
  { id: "0244", category: "creation", text: /^Blue\/green deployment tasks completed\./ },
  { id: "0245", category: "failure", text: /^Creation of blue\/green deployment failed because / },
  { id: "0246", category: "deletion", text: /^Blue\/green deployment deleted\./ },
  { id: "0247", category: "notification", text: /^Switchover started on blue\/green deployment/ },
  { id: "0248", category: "notification", text: /^Switchover completed on blue\/green deployment/ },
  { id: "0249", category: "failure", text: /^Switchover canceled on blue\/green deployment/ },
  { id: "0250", category: "notification", text: /^Switchover from (primary|read replica) \S+ to \S+ started\./ },
  { id: "0251", category: "notification", text: /^Switchover from (primary|read replica) \S+ to \S+ completed\./ },
  { id: "0252", category: "failure", text: /^Switchover from (primary|read replica) \S+ to \S+ was cancell?ed / },
  { id: "0259", category: "notification", text: /^Switchover from DB cluster \S+ to \S+ started\./ },
  { id: "0260", category: "notification", text: /^Switchover from DB cluster \S+ to \S+ completed\./ },
  { id: "0261", category: "failure", text: /^Switchover from DB cluster \S+ to \S+ was cancell?ed / },
  { id: "0307", category: "notification", text: /^Sequence sync for switchover of \S+ to \S+ has initiated\./ },
  { id: "0308", category: "notification", text: /^Sequence sync for switchover of \S+ to \S+ has completed\./ },
  { id: "0311", category: "notification", text: /^Sequence sync for switchover of DB cluster \S+ to \S+ has initiated\./ },
  { id: "0312", category: "notification", text: /^Sequence sync for switchover of DB cluster \S+ to \S+ has completed\./ },
  { id: "0405", category: "notification", text: /^Your storage volumes are being initialized/ },
  { id: "0406", category: "notification", text: /^Your storage volumes have been initialized/ },
  { id: "0170", category: "creation", text: /^DB cluster created/ },
  { id: "0171", category: "deletion", text: /^DB cluster deleted/ },
  { id: "0173", category: "maintenance", text: /^Database cluster engine version has been upgraded/ },
  { id: "0176", category: "maintenance", text: /^Database cluster engine major version has been upgraded/ },
  { id: "0417", category: "maintenance", text: /^Database cluster engine version upgrade started/ },
  { id: "0003", category: "deletion", text: /^DB instance deleted/ },
  { id: "0004", category: "availability", text: /^DB instance shutdown/ },
  { id: "0005", category: "creation", text: /^DB instance created/ },
  { id: "0006", category: "availability", text: /^DB instance restarted/ },
  { id: "0011", category: "configuration change", text: /^Updated to use DBParameterGroup /, only: "DB_INSTANCE" },
  { id: "0045", category: "read replica", text: /^(Replication has stopped|Read Replica Replication Error)/ },
  { id: "0046", category: "read replica", text: /^Replication for the Read Replica resumed/ },
  { id: "0057", category: "read replica", text: /^Replication streaming has been terminated/ },
  { id: "0264", category: "maintenance", text: /^The pre-check started for the DB engine version upgrade/ },
  { id: "0265", category: "maintenance", text: /^The pre-check finished for the DB engine version upgrade/ },
  { id: "0266", category: "maintenance", text: /^The downtime started for the DB instance/ },
  { id: "0267", category: "maintenance", text: /^The engine version upgrade started/ },
  { id: "0268", category: "maintenance", text: /^The engine version upgrade finished/ },
  { id: "0269", category: "maintenance", text: /^The post-upgrade tasks are in progress/ },
];

/** The id and category that AWS documents for a text; neither where none is known, as for the degraded texts. */
export function documented(sourceType: EventSourceType, message: string): { eventId?: string; categories: string[] } {
  const row = ROWS.find(({ text, only }) => text.test(message) && (only ?? sourceType) === sourceType);
  return row === undefined ? { categories: [] } : { eventId: `RDS-EVENT-${row.id}`, categories: [row.category] };
}
