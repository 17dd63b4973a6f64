import type { Named } from "../../deployments/find-deployment.ts";
import type { Person } from "../../deployments/person.ts";

/** Who wants an operation, and who approved it. */
export interface Asker {
  /** As AWS or Slack names them; the policy is none. */
  requestedBy: Person;
  via: "terminal" | "policy" | "slack";
  approvedBy?: { by: Person; at: string };
  /** True if the guard wrote the request in the place of one that is lost though it holds a database: nobody knows who asked. */
  standsIn?: boolean;
}

/** What a request says of that. */
export function askerOf({ requestedBy, via, approvedBy, standsIn }: Asker): Asker {
  return { requestedBy, via, ...(approvedBy && { approvedBy }), ...(standsIn && { standsIn }) };
}

/** Who the policy's requests are from. */
export const POLICY: Person = { name: "policy" };

/** The guard itself, where it does what a person else does. */
export const GUARD: Person = { name: "bluegreen-guard" };

/** A request's deployment by its two names. */
export const namedIn = ({ deploymentId: id, deploymentName: name }: { deploymentId: string; deploymentName: string }): Named => ({
  id,
  name,
});
