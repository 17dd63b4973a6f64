import type { BusFact } from "../facts/bus-fact.ts";
import type { OperationName } from "../operations/index.ts";
import type { AwsOptions } from "./aws.ts";
import { createAwsJson, isError } from "./aws-call.ts";
import { BUS_SOURCE, REQUESTED } from "./names.ts";

/** The guard's own event bus, to which others attach what they want to happen. */
export interface Bus {
  /** Puts a fact on the bus. @throws the SDK's error, or an Error with EventBridge's code if it refused the entry. */
  publish(fact: BusFact): Promise<void>;
  /** Starts an operation: the event holds the id of its request and nothing else. @throws as `publish` does. */
  request(operation: OperationName, requestId: string): Promise<void>;
}

/** `Time` is in seconds since 1970. Source: EventBridge API, PutEvents. */
interface Entry {
  DetailType: string;
  Detail: string;
  Time?: number;
}

interface Put {
  FailedEntryCount?: number;
  Entries?: { ErrorCode?: string; ErrorMessage?: string }[];
}

export { BUS_SOURCE, REQUESTED };

const EVENTS = { name: "events", id: "EventBridge", target: "AWSEvents", version: "1.1" } as const;

/** Whether there is an event bus of this name, which the caller may lack the permission `events:DescribeEventBus` to see. @throws AwsError */
export async function isBusThere(name: string, options: AwsOptions): Promise<boolean> {
  try {
    await createAwsJson(EVENTS, options)("DescribeEventBus", { Name: name });
    return true;
  } catch (error) {
    if (isError(error, "ResourceNotFoundException")) return false;
    throw error;
  }
}

/** Creates the client of the event bus `name`. */
export function createBus(name: string, options: AwsOptions): Bus {
  const call = createAwsJson(EVENTS, options);
  async function put(what: string, entry: Entry): Promise<void> {
    // PutEvents answers HTTP 200 even if it refused the entry. Source: EventBridge API, PutEvents, "FailedEntryCount".
    const { FailedEntryCount, Entries } = await call<Put>("PutEvents", { Entries: [{ EventBusName: name, Source: BUS_SOURCE, ...entry }] });
    if (!FailedEntryCount) return;
    const { ErrorCode, ErrorMessage } = Entries?.[0] ?? {};
    throw new Error(`The event bus "${name}" did not take ${what}: ${ErrorCode} (${ErrorMessage}). It is tried again.`);
  }
  return {
    publish: ({ type, at, detail }) =>
      put(`"${type}" of ${detail.deploymentId ?? detail.database}`, {
        DetailType: type,
        Time: Date.parse(at) / 1_000,
        Detail: JSON.stringify(detail),
      }),
    request: (operation, requestId) =>
      put(`"${REQUESTED[operation]}" (${requestId})`, { DetailType: REQUESTED[operation], Detail: JSON.stringify({ requestId }) }),
  };
}
