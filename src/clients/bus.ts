import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from "@aws-sdk/client-eventbridge";
import type { BusFact } from "../facts/bus-fact.ts";
import type { OperationName } from "../operations/index.ts";
import { type AwsOptions, awsClient } from "./aws.ts";
import { BUS_SOURCE, REQUESTED } from "./names.ts";

/** The guard's own event bus, to which others attach what they want to happen. */
export interface Bus {
  /** Puts a fact on the bus. @throws the SDK's error, or an Error with EventBridge's code if it refused the entry. */
  publish(fact: BusFact): Promise<void>;
  /** Starts an operation: the event holds the id of its request and nothing else. @throws as `publish` does. */
  request(operation: OperationName, requestId: string): Promise<void>;
}

export { BUS_SOURCE, REQUESTED };

/** Creates the client of the event bus `name`. */
export function createBus(name: string, options: AwsOptions = {}): Bus {
  const client = awsClient(EventBridgeClient, options);
  async function put(what: string, entry: PutEventsRequestEntry): Promise<void> {
    // PutEvents answers HTTP 200 even if it refused the entry. Source: EventBridge API, PutEvents, "FailedEntryCount".
    const { FailedEntryCount, Entries } = await client.send(
      new PutEventsCommand({ Entries: [{ EventBusName: name, Source: BUS_SOURCE, ...entry }] }),
    );
    if (!FailedEntryCount) return;
    const { ErrorCode, ErrorMessage } = Entries?.[0] ?? {};
    throw new Error(`The event bus "${name}" did not take ${what}: ${ErrorCode} (${ErrorMessage}). It is tried again.`);
  }
  return {
    publish: ({ type, at, detail }) =>
      put(`"${type}" of ${detail.deploymentId}`, { DetailType: type, Time: new Date(at), Detail: JSON.stringify(detail) }),
    request: (operation, requestId) =>
      put(`"${REQUESTED[operation]}" (${requestId})`, { DetailType: REQUESTED[operation], Detail: JSON.stringify({ requestId }) }),
  };
}
