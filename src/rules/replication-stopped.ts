import { readText, saysDegraded } from "./read-text.ts";
import { MEMBERS_TOO, type Rule } from "./rule.ts";

// These say no more than that it stopped. An upgrade of green does so itself, and resumes it (RDS-EVENT-0415).
const ALONE =
  /^(Replication (has stopped|streaming has been terminated)|Streaming replication has (been )?(stopped|terminated)|The upgrade process stopped replication on the read replica)\.?$/i;

const REASON = /^(?:Replication (?:has stopped|streaming has been terminated)\.?\s+|Read Replica Replication Error - )?(?<reason>.+)$/is;

/**
 * AWS's table has "Replication has stopped." for RDS-EVENT-0045, and live events say more: MySQL's error, full storage, 30 days without
 * replication, after which RDS terminates it for good. Sources: terraform-aws-modules/terraform-aws-notify-slack#195; RDS User Guide,
 * USER_Events.Messages, notes on RDS-EVENT-0045 in its revisions of 2022 and 2023, and "Monitoring read replication".
 */
export const replicationStopped: Rule = {
  id: "replication-stopped",
  severity: "warning",
  sources: MEMBERS_TOO,
  eventIds: ["RDS-EVENT-0045", "RDS-EVENT-0057", "RDS-EVENT-0062", "RDS-EVENT-0202", "RDS-EVENT-0416"],
  prefixes: [
    "Read Replica Replication Error",
    "Read replica creation failed",
    "Replication for the Read Replica ",
    "Replication has stopped",
    "Replication on your DB instance",
    "Replication streaming has been terminated",
    "Streaming replication has ",
    "The upgrade process ",
  ],
  text: /^(Replication (has stopped|streaming has been terminated)|Streaming replication has (been )?(stopped|terminated)|Replication (on your DB instance|for the Read Replica) has (been )?(manually )?(stopped|terminated)|Read Replica Replication Error|Read replica creation failed|The upgrade process stopped replication)\b/i,
  apartBy: "side",
  read: (event) => ({
    ...(ALONE.test(event.message.trim()) ? {} : readText(event, REASON)),
    ...(saysDegraded(event.message) && { degraded: true }),
    ...(/\bterminated\b/i.test(event.message) && { terminated: true }),
  }),
};
