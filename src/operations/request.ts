import type { Item } from "../clients/records.ts";
import type { CreateInput } from "../deployments/spec-input.ts";

/** What the guard does for people: delete and create again, or switch over. */
export type OperationName = "recreate" | "switchover";

/** Who asked for an operation, when, why, and on what state; written before anything is put on the bus. */
export interface OperationRequest extends Item {
  operation: OperationName;
  deploymentId: string;
  /** Resource id of the blue database, or its ARN where resource ids are not unique: what the claim is on. */
  blue: string;
  /** A person as AWS or Slack names him, or the policy. */
  requestedBy: string;
  via: "terminal" | "policy" | "slack";
  /** ISO 8601. */
  requestedAt: string;
  /** ISO 8601: after it the request is not begun any more. */
  validUntil: string;
  /** The digest of what the person confirmed. */
  stateHash: string;
  /** True once everybody whose approval is needed has given it. */
  approved: boolean;
  /** ARN of the execution that uses it: a request is used once. */
  usedBy?: string;
  /** What is about to be done, written down before anything is: a run that goes on later reads it here. */
  intent?: RecreateIntent;
  /** ISO 8601: when the deletion was begun; from then on a deployment that is going or gone is this operation's work. */
  deletionBegunAt?: string;
  /** Who asked to stop before the next change, and when (ISO 8601). */
  cancelled?: { by: string; at: string };
  /** How the operation ended. */
  outcome?: { result: "done" | "refused" | "failed" | "cancelled"; text: string; at: string };
  /** When DynamoDB forgets it, seconds since 1970. */
  expiresAt: number;
}

/** What a recreation is about to do. */
export interface RecreateIntent {
  /** ARN of blue. */
  source: string;
  /** Resource id of blue, where it is unique. */
  resourceId?: string;
  /** ARNs of all of green. */
  greens: string[];
  /** ARNs of green whose deletion protection is turned off. */
  protectedGreens: string[];
  /** The call that creates the new deployment. */
  create: CreateInput;
}

/** How long a request waits to be begun. */
export const VALID_MS = 30 * 60_000;
const KEPT_SECONDS = 30 * 24 * 3_600;

/** The key of a request's item. */
export function requestKey(id: string): string {
  return `request#${id}`;
}

/** What a person or the policy asks for. */
export type Asked = Pick<OperationRequest, "operation" | "deploymentId" | "blue" | "requestedBy" | "via" | "stateHash" | "approved">;

/** Makes the request with the id, asked for at `now` (milliseconds since 1970). */
export function newRequest(id: string, asked: Asked, now: number): OperationRequest {
  return {
    ...asked,
    key: requestKey(id),
    version: 0,
    requestedAt: new Date(now).toISOString(),
    validUntil: new Date(now + VALID_MS).toISOString(),
    expiresAt: Math.floor(now / 1_000) + KEPT_SECONDS,
  };
}
