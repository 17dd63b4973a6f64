import type { ControlPlane } from "../control-plane.ts";
import type { Deployment } from "../state.ts";
import type { Step } from "./timeline.ts";

/** When the event comes, in milliseconds since the call: before the deployment's own, which ends the play. The lab's guess. */
const AFTER = 100_417;

/**
 * What MySQL and MariaDB say after a switchover, filed under the name that the green writer had before it.
 *
 * Source: RDS User Guide, blue-green-deployments-switching, "Updating the parent node for consumers"; file and position are of its sample.
 */
export function binaryLogCoordinates({ events }: ControlPlane, deployment: Deployment): Step[] {
  const writer = deployment.members.find(({ source }) => source.kind === "db");
  if (!writer) return [];
  const message = "Binary log coordinates in green environment after switchover: file mysql-bin-changelog.000003 and position 40134574";
  return [{ after: AFTER, run: () => events.record({ sourceType: "DB_INSTANCE", sourceIdentifier: writer.greenName, message }) }];
}
