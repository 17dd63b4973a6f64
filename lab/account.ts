import { type EventPattern, matchesPattern } from "../local/event-pattern.ts";
import { ServiceError } from "../local/json-service.ts";
import type { LabStack } from "./stack/stack.ts";

/** In place of an action, what the slack function may not do: invoke the answer function. */
export const HAND_ON = "slack function: lambda:InvokeFunction";

/** The lab's AWS account, as whoever asks about it finds it; tests change it at any time. */
export interface LabAccount {
  /** The deployed guard, if there is one. */
  stack?: LabStack;
  /** What the caller may not do, by IAM's names, such as `lambda:GetAccountSettings`. */
  readonly denied: Set<string>;
  /** How many functions run at once, and how many of these no function reserves. */
  concurrency: { all: number; unreserved: number };
  /** Version of the CDK's bootstrap stack; undefined before anybody has bootstrapped. */
  bootstrapVersion: string | undefined;
  /** CloudFormation's types that the Region does not have. */
  readonly missingTypes: Set<string>;
  /** Whether Lambda has durable functions in the Region. */
  hasDurable: boolean;
  /** Names of queues with messages in them, and how many. */
  readonly messages: Map<string, number>;
  /** Whether the people whom the alarms go to have confirmed that. */
  areSubscribed: boolean;
  /** Version that was published after the one that the aliases name; undefined if none was. */
  newerVersion: string | undefined;
  /** States of functions by name, where they are not active. */
  readonly functionStates: Map<string, string>;
  /** Whether the event source mapping takes messages. */
  isMapped: boolean;
  /** Dimensions of the metrics of durable executions. */
  metricDimensions: string[];
  /** Whether EventBridge matches an event with a pattern. */
  matches(pattern: EventPattern, event: unknown): boolean;
  /** False where the table's index shows nothing of what was written. */
  indexShows: boolean;
}

/** An account in which everything is as a guard needs it. */
export const createLabAccount = (): LabAccount => ({
  denied: new Set(),
  concurrency: { all: 1_000, unreserved: 1_000 },
  bootstrapVersion: "27",
  missingTypes: new Set(),
  hasDurable: true,
  messages: new Map(),
  areSubscribed: true,
  newerVersion: undefined,
  functionStates: new Map(),
  isMapped: true,
  metricDimensions: ["FunctionName"],
  matches: matchesPattern,
  indexShows: true,
});

/** Refuses what the caller may not do. @throws ServiceError AccessDeniedException */
export function checkAllowed({ denied }: LabAccount, action: string): void {
  if (!denied.has(action)) return;
  throw new ServiceError(
    "AccessDeniedException",
    `User is not authorized to perform: ${action} because no identity-based policy allows it`,
  );
}
