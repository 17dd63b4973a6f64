import type { RDSClient } from "@aws-sdk/client-rds";
import type { Clock } from "../../local/clock.ts";
import type { GuardPolicy } from "../../local/guard.ts";
import type { GuardHost } from "../../local/guard-host.ts";
import type { Records } from "../../src/clients/records.ts";
import type { LabEnvelope, LabRds } from "../rds/rds.ts";
import type { LabSlack } from "../slack/slack.ts";

/** What a story plays on: the lab's clock, its RDS from outside and from inside, its mishaps, and a way to say what happens. */
export interface Stage {
  clock: Clock;
  /** A real SDK client for what people do. */
  aws: RDSClient;
  /** The one address of AWS and Slack, for people's other clients. */
  url: string;
  /** The guard's records, over the wire. */
  records: Records;
  /** The guard's process, for stories that kill it; absent if it does not have its own. */
  host?: GuardHost;
  /** For what only AWS does, and for databases that existed before. */
  rds: LabRds;
  /** For what people type and press, and for outages. */
  slack: Pick<LabSlack, "faults" | "sending" | "messages" | "ephemeral">;
  /** From now on the events that `which` names are lost between RDS and the guard's routes; DescribeEvents still lists them. */
  lose(which: (event: LabEnvelope) => boolean): void;
  /** Says in a line what a person does now. */
  say(line: string): void;
}

/** A script of things that happen. */
export interface Story {
  name: string;
  /** What it shows, in a line. */
  line: string;
  /** What the guard does automatically; anything left out is as in AWS. */
  policy?: Partial<GuardPolicy>;
  /** How many times as fast as the real clock it is played at most, since something in it must be done in time; any speed if left out. */
  fastest?: number;
  /** True if it kills the guard, which needs a process of its own for that. */
  needsProcess?: true;
  play(stage: Stage): Promise<void>;
}

/** `Story.fastest` of stories in which something must be done in time, even on a busy machine. */
export const FASTEST = {
  /** People in Slack press immediately: half an hour of the lab is long enough for that. */
  inSlack: 600,
  /** A request must be started within half an hour of the lab. */
  requested: 300,
  /** Slack has ten minutes of the lab to take an announcement. */
  announced: 150,
} as const;
