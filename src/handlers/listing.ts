import type { Rds } from "../clients/rds/rds.ts";
import type { Time } from "../clients/time.ts";
import type { Deployment } from "../deployments/deployment.ts";
import type { RdsEvent } from "../events/rds-event.ts";
import { type FilingDependencies, type Place, placeOf } from "../telling/filing.ts";
import { isWatched } from "../telling/watched.ts";

/** What RDS lists, and where it has the events of a batch. */
export interface Listed {
  deployments: readonly Deployment[];
  /** When RDS was asked, in milliseconds since 1970. */
  at: number;
  /** In the order of the events. */
  places: readonly Place[];
}

/** Lists the deployments for one batch after the other. */
export interface Listing {
  /** Finds the place of each event; asks RDS unless what is kept has them all. @throws what the client throws */
  find(events: readonly RdsEvent[]): Promise<Listed>;
  /** Keeps the listing for the next batches, which are to be written down alone, or lets go of it. */
  keep(isKept: boolean): void;
}

/** A thousand deployments are ten calls, one after the other: in a storm that is most of a batch's time. */
const KEPT_MS = 30_000;

/**
 * A listing that serves more than one batch, for thirty seconds, as long as each event's deployment is in it and, by `watch`, watched: what is
 * left out is left out for good, and somebody may have tagged it since.
 */
export function createListing(rds: Pick<Rds, "deployments">, watch: FilingDependencies["watch"], time: Time): Listing {
  let kept: Omit<Listed, "places"> | undefined;
  let isKept = false;
  return {
    async find(events) {
      const at = time.now();
      if (kept && isKept && at - kept.at < KEPT_MS) {
        const { deployments } = kept;
        const places = events.map((event) => placeOf(event, deployments));
        if (places.every(({ deployment }) => deployment && isWatched(deployment, watch))) return { ...kept, places };
      }
      const deployments = await rds.deployments();
      kept = { deployments, at };
      return { ...kept, places: events.map((event) => placeOf(event, deployments)) };
    },
    keep(asked) {
      isKept = asked;
    },
  };
}
