import type { Database, Deployment } from "../../deployments/deployment.ts";
import type { Replication } from "../../deployments/replication.ts";
import type { SettledSpec } from "../spec/settled.ts";
import type { PreflightAnswers, PreflightQuestion } from "./question.ts";

/** All that the checks of preflight look at. */
export interface PreflightFacts {
  deployment: Deployment;
  spec: SettledSpec;
  /** The source: a cluster or an instance. */
  blue: Database;
  /** The source and its members' sources that exist. */
  blues: readonly Database[];
  /** ARNs and names of the members' targets. */
  greens: ReadonlySet<string>;
  /** How green will follow blue. */
  replication: Replication;
  question: PreflightQuestion | undefined;
  answers: PreflightAnswers;
}
