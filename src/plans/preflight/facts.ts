import type { Database, Deployment } from "../../deployments/deployment.ts";
import type { Replication } from "../../deployments/replication.ts";
import type { SettledSpec } from "../spec/settled.ts";
import type { PreflightAnswers, PreflightQuestion } from "./question.ts";

/** The input of the preflight checks. */
export interface PreflightFacts {
  deployment: Deployment;
  spec: SettledSpec;
  /** The source: a cluster or an instance. */
  blue: Database;
  /** The source and the members' sources, as far as they exist. */
  blues: readonly Database[];
  /** ARNs and names of the members' targets. */
  greens: ReadonlySet<string>;
  /** How blue's changes will reach green. */
  replication: Replication;
  question: PreflightQuestion | undefined;
  answers: PreflightAnswers;
}
