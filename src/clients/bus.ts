import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import type { BusFact } from "../deployments/bus-fact.ts";
import { type AwsOptions, awsClient } from "./aws.ts";

/** The guard's own event bus, on which others hang what they want to happen. */
export interface Bus {
  /** Puts a fact on the bus. @throws the SDK's error, or an Error with EventBridge's code where it refused the entry. */
  publish(fact: BusFact): Promise<void>;
}

/** The source of everything on the guard's bus. */
export const BUS_SOURCE = "bluegreen-guard";

/** Makes the client of the event bus called `name`. */
export function createBus(name: string, options: AwsOptions = {}): Bus {
  const client = awsClient(EventBridgeClient, options);
  return {
    async publish({ type, at, detail }) {
      const entry = { EventBusName: name, Source: BUS_SOURCE, DetailType: type, Time: new Date(at), Detail: JSON.stringify(detail) };
      // PutEvents says with HTTP 200 that it took nothing. Source: EventBridge API, PutEvents, "FailedEntryCount".
      const { FailedEntryCount, Entries } = await client.send(new PutEventsCommand({ Entries: [entry] }));
      if (!FailedEntryCount) return;
      const { ErrorCode, ErrorMessage } = Entries?.[0] ?? {};
      throw new Error(
        `The event bus "${name}" did not take "${type}" of ${detail.deploymentId}: ${ErrorCode} (${ErrorMessage}). It is tried again.`,
      );
    },
  };
}
