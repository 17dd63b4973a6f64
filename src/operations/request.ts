import type { Owner } from "../clients/executions.ts";
import type { Item } from "../clients/records.ts";
import type { Person } from "../deployments/person.ts";
import type { Spec } from "../deployments/spec.ts";
import type { Memory } from "../facts/memory.ts";
import type { CreateInput } from "../plans/spec/input.ts";
import type { AskedFields } from "../plans/spec/settled.ts";
import type { AskedPlace } from "./asked-place.ts";
import type { OperationName } from "./index.ts";
import type { OperationResult, OperationStep } from "./operation.ts";
import type { Asker } from "./says/asker.ts";
import type { Decision } from "./says/decision.ts";
import type { Said } from "./says/sayings.ts";
import type { SideBefore } from "./switchover/sides.ts";

/** Who asked for an operation, when, why, and on what state; written before anything is put on the bus. */
export interface OperationRequest extends Item, Asker {
  operation: OperationName;
  deploymentId: string;
  /** What the deployment was called. */
  deploymentName: string;
  /** Resource id of the blue database, or its ARN if it has none: what the claim is on. */
  blue: string;
  /** ISO 8601. */
  requestedAt: string;
  /** ISO 8601: the request can no longer start after this. */
  validUntil: string;
  /** The hash of what the person confirmed; for the policy, the workflow stores it when it considers the plan. */
  stateHash: string;
  /** The status in which a person asked for just this; other statuses need no explicit request. */
  askedFor?: "SWITCHOVER_FAILED" | "PROVISIONING";
  /** For a switchover: seconds that RDS is given. */
  timeoutSeconds?: number;
  /** For a recreation: what the person asked for in the new deployment. */
  asked?: AskedFields;
  /** True once everybody whose approval is needed has given it. */
  approved: boolean;
  /** For a request from Slack: the asker's user id, who cannot approve it. */
  askerId?: string;
  /** Where in Slack another operator is asked to approve it. */
  approval?: AskedPlace;
  /** Where else: in the default channel, if the deployment is told in another one. */
  approvalCopy?: AskedPlace;
  /** How it was decided, as long as Slack has not shown that where the operators were asked: `owedAt`, or `approval` if that is omitted. */
  owed?: Decision;
  owedAt?: readonly AskedPlace[];
  /** ARN of the execution that uses it: a request is used once, unless it is resumed. */
  usedBy?: string;
  /** The id of the callback that wakes the wait of its execution; it may have been called already, or the wait may be over. */
  callback?: string;
  /** What is about to be done, recorded before anything is done: a later run reads it here. */
  intent?: RecreateIntent;
  /** For an announced recreation: minutes without DDL that it waits for. */
  settleMinutes?: number;
  /** ISO 8601: for an automatic recreation, when no more DDL had to be waited for. */
  settledAt?: string;
  /** What RDS has not listed in any look since, and the last of these looks (ISO 8601). */
  missing?: { what: string; since: string; last?: string };
  /** ISO 8601: when the guard began to turn off green's deletion protection. */
  unprotectBegunAt?: string;
  /** ISO 8601: when the deletion began; from then on a deployment that is being deleted or gone is this operation's work. */
  deletionBegunAt?: string;
  /** That RDS refused the deletion, and why: it is not asked again. `unsure` if an earlier call may have been taken. */
  deletionRefused?: { text: string; at: string; unsure: boolean };
  /** ISO 8601: when RDS was known to have accepted the deletion. */
  deletedAt?: string;
  /** True if green may still be there: somebody has deleted the deployment without it, or blue's name leads to another database. */
  greenStays?: boolean;
  /** For a switchover: both sides as they were, since their names change hands. */
  before?: { status: string; source: SideBefore; target: SideBefore };
  /** ISO 8601: when the call that switches over was about to be made; removed again only if RDS refused this very call. */
  attemptedAt?: string;
  /** ISO 8601: the first attempt; RDS may refuse a ready deployment for some minutes. */
  firstAttemptedAt?: string;
  /** ISO 8601: when RDS last refused the call as not ready. */
  refusedAt?: string;
  /** ISO 8601: when RDS accepted the call; absent if its answer was lost. */
  acceptedAt?: string;
  /** ISO 8601, by RDS's clock: the last event of a switchover known before the call; earlier ones are not this attempt's. */
  lastEventAt?: string;
  /** How it seems to have ended, and since when (ISO 8601): a status that lags is waited for. */
  ending?: { result: OperationResult; since: string };
  /** What the switchover's looks remember of names. */
  memory?: Memory;
  /** ISO 8601: when the call that creates was about to be made; removed again only if RDS refused this very call. */
  creationBegunAt?: string;
  /** Id of the deployment that was created. */
  created?: string;
  /** True if DDL degraded the new deployment, too: the policy applies to that one as to any other. */
  degradedAgain?: boolean;
  /** Who asked to stop before the next change, and when (ISO 8601). */
  cancelled?: { by: Person; at: string };
  /** Who ended it by force, when (ISO 8601), and what they were shown of its execution. */
  forced?: { by: Person; at: string; seen: Owner["state"] };
  /** Who resumed it after it had failed, and when (ISO 8601). */
  resumed?: { by: Person; at: string }[];
  /** What was done so far, oldest first. */
  notes?: OperationNote[];
  /** How the operation ended. */
  outcome?: { result: OperationResult; said: Said; at: string };
  /** True from its end until that is on the deployment's record, from which people are told. */
  endUntold?: boolean;
  /** Who decided how an unclear switchover ended, and when (ISO 8601): from then on the database is free again. */
  decided?: { by: Person; at: string };
  /** When DynamoDB deletes it, in seconds since 1970; absent while it may hold a database. */
  expiresAt?: number;
}

/** One thing that an operation did, or waits for. */
export interface OperationNote {
  step: OperationStep;
  /** ISO 8601. */
  at: string;
  said: Said;
  /** How often the operation had been resumed by then: what a later run does again is recorded again. */
  run: number;
  /** The ids of those whom its entry mentions. */
  calls?: readonly string[];
}

/** What a recreation is about to do. */
export interface RecreateIntent {
  /** ARN of blue. */
  source: string;
  /** Resource id of blue, if it has one. */
  resourceId?: string;
  /** ARNs of all of green. */
  greens: string[];
  /** ARNs of the green databases whose deletion protection is turned off. */
  protectedGreens: string[];
  /** The call that creates the new deployment. */
  create: CreateInput;
  /** The spec behind that call, kept in case the new deployment is never built. */
  spec: Spec;
}

/** How long a request can wait to start. */
export const VALID_MS = 30 * 60_000;

/** The key of a request's item. */
export const requestKey = (id: string): string => `request#${id}`;

/** The id of the request that an item's key names; undefined for any other item. */
export function requestIdOf(key: string): string | undefined {
  return key.startsWith("request#") ? key.slice("request#".length) : undefined;
}

/** What a person or the policy asks for. */
export type Asked = Pick<
  OperationRequest,
  | "operation"
  | "deploymentId"
  | "deploymentName"
  | "blue"
  | "requestedBy"
  | "via"
  | "stateHash"
  | "approved"
  | "askedFor"
  | "timeoutSeconds"
  | "asked"
  | "askerId"
>;

/** Creates the request with this id, asked for at `now` (milliseconds since 1970). */
export function newRequest(id: string, asked: Asked, now: number): OperationRequest {
  return {
    ...asked,
    key: requestKey(id),
    version: 0,
    requestedAt: new Date(now).toISOString(),
    validUntil: validFrom(now),
  };
}

/** Until when a request can start (ISO 8601) that was made, or renewed, at `now` (milliseconds since 1970). */
export const validFrom = (now: number): string => new Date(now + VALID_MS).toISOString();

/** True if the request has not started and can no longer start. */
export function hasLapsed({ usedBy, outcome, validUntil }: OperationRequest, now: number): boolean {
  return usedBy === undefined && outcome === undefined && now >= Date.parse(validUntil);
}

/**
 * True if green was, or may have been, deleted and nothing was created in its place: the request can be resumed. With `now` (milliseconds
 * since 1970), also true if it was resumed but did not start in time.
 */
export function isHalfDone(request: OperationRequest, now?: number): boolean {
  const { deletionBegunAt, deletionRefused, deletedAt, created, outcome } = request;
  if (deletionBegunAt === undefined || created !== undefined) return false;
  if (deletionRefused !== undefined && deletedAt === undefined) return false;
  return outcome === undefined ? now !== undefined && hasLapsed(request, now) : outcome.result !== "done";
}

/** How long nothing begins on a database after its operation was ended by force. */
export const QUIET_MS = 10 * 60_000;

/** True if it is unclear how it ended, and no person has decided yet: its claim stays. */
export const isUndecided = ({ outcome, decided }: OperationRequest): boolean => outcome?.result === "unclear" && decided === undefined;
