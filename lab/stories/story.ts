import type { RDSClient } from "@aws-sdk/client-rds";
import type { Clock } from "../../local/clock.ts";
import type { LabRds } from "../rds/rds.ts";

/** What a story plays on: the lab's clock, its RDS seen from outside and from inside, and somebody to tell what happens. */
export interface Stage {
  clock: Clock;
  /** A real SDK client for what people do. */
  aws: RDSClient;
  /** For what only AWS does, and for databases that were there before. */
  rds: LabRds;
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
