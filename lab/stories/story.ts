import type { RDSClient } from "@aws-sdk/client-rds";
import type { Clock } from "../../local/clock.ts";
import type { LabEnvelope, LabRds } from "../rds/rds.ts";
import type { LabSlack } from "../slack/slack.ts";

/** What a story plays on: the lab's clock, its RDS seen from outside and from inside, what can go wrong, and somebody to tell what happens. */
export interface Stage {
  clock: Clock;
  /** A real SDK client for what people do. */
  aws: RDSClient;
  /** For what only AWS does, and for databases that were there before. */
  rds: LabRds;
  /** For outages of Slack. */
  slack: Pick<LabSlack, "faults">;
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
  play(stage: Stage): Promise<void>;
}
