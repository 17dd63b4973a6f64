import { randomUUID } from "node:crypto";
import type { Deployment } from "../deployments/deployment.ts";
import { fromEventBridge } from "../events/eventbridge.ts";
import { type TakeDependencies, type Taken, take } from "./take.ts";
import { type TellDependencies, tell } from "./tell.ts";

/** What the watch handler needs of the outside. */
export type WatchDependencies = TakeDependencies & TellDependencies;

/**
 * Makes the handler that turns one RDS event into Slack messages.
 *
 * It throws what went wrong: an UnreadableEventError where the event cannot be read (trying again is no use), else the error of the
 * service that failed, after which the same event may be given again.
 */
export function createWatchHandler(dependencies: WatchDependencies): (event: unknown) => Promise<Taken> {
  return async (event) => {
    const taken = await take(fromEventBridge(event), { ...dependencies, rds: listedOnce(dependencies.rds) });
    if ("key" in taken) await tell(taken.key, randomUUID(), dependencies);
    return taken;
  };
}

/** RDS with one listing of the deployments for all that ask in an invocation. */
function listedOnce(rds: WatchDependencies["rds"]): TakeDependencies["rds"] {
  let listing: Promise<Deployment[]> | undefined;
  return {
    deployment: (id) => rds.deployment(id),
    deployments() {
      listing ??= rds.deployments();
      return listing;
    },
  };
}
