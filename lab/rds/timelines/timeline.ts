import type { ControlPlane } from "../control-plane.ts";
import type { TaskName } from "../progress.ts";
import type { Database, Deployment, Member } from "../state.ts";

/** Something that happens `after` so many milliseconds since the call. */
export interface Step {
  after: number;
  run: () => void;
}

/** The texts of a switchover's member events; AWS words them differently for a cluster and for an instance. */
export interface SwitchoverWords {
  /** The kind of database that the member events are about. */
  about: Database["kind"];
  started(blue: string, green: string): string;
  completed(blue: string, green: string, old: string): string;
  canceled(blue: string, green: string, reason: string): string;
  /** Only if sequences are synchronised: logical replication of PostgreSQL. */
  sequenceSync?(blue: string, green: string): { initiated: string; completed: string; failed: string };
}

/** How the deployments of one engine family go. A family is added by a file of its own and a line in `index.ts`. */
export interface Timeline {
  readonly engines: readonly string[];
  /** Whether the article of 2024-02-05 recorded the texts of its switchover and of DDL on blue. */
  readonly origin: "recorded" | "lab";
  /** The tasks of a deployment with so many pairs of databases, in their order. */
  tasks(deployment: { upgrades: boolean; members: number }): TaskName[];
  /** What SwitchoverDetails says in the answer to the create call; AWS's samples leave it out for RDS instances. */
  readonly firstMemberStatus?: string;
  /** Whether DDL on blue breaks the replication to green. */
  replicatesLogically(deployment: Deployment): boolean;
  /** From the call to AVAILABLE; the last step makes it ready. */
  creation(control: ControlPlane, deployment: Deployment): Step[];
  /** The texts of a member's switchover; those of the deployment's own pair if left out. */
  switchoverWords(deployment: Deployment, member?: Member): SwitchoverWords;
  /** What RDS says once the names have changed hands, before the deployment's own last event. */
  afterRenames?(control: ControlPlane, deployment: Deployment): Step[];
}

/** Plays the steps from now on, in the order of their time, as long as `goesOn` holds. */
export function play(control: ControlPlane, steps: readonly Step[], goesOn: () => boolean): void {
  const { haste } = control;
  const start = control.clock.now();
  const ordered = steps.toSorted((a, b) => a.after - b.after);
  control.run(async () => {
    for (const step of ordered) {
      await control.clock.until(start + step.after / haste);
      if (!goesOn()) return;
      control.past.keep();
      step.run();
    }
  });
}
