import { IdempotencyConfig, makeIdempotent } from "@aws-lambda-powertools/idempotency";
import { DynamoDBPersistenceLayer } from "@aws-lambda-powertools/idempotency/dynamodb";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { Context } from "aws-lambda";
import { type AwsOptions, awsClient } from "./aws.ts";

/** Remembers for 30 days which deliveries were taken, and what became of them. */
export interface Deliveries {
  /**
   * Runs `take` unless the delivery was taken before, and returns what became of it, then or now.
   *
   * Throws Powertools' IdempotencyAlreadyInProgressError while another run is taking the delivery; forgets the delivery if `take` throws.
   * A killed run holds its delivery until the time limit in its `context` has passed.
   */
  once<T>(delivery: string, context: Context, take: () => Promise<T>): Promise<T>;
}

const THIRTY_DAYS_SECONDS = 30 * 24 * 3_600;

/** Creates the memory of deliveries, in the same table as the records. */
export function createDeliveries(table: string, options: AwsOptions = {}): Deliveries {
  const persistenceStore = new DynamoDBPersistenceLayer({
    tableName: table,
    keyAttr: "pk",
    expiryAttr: "expiresAt",
    awsSdkV3Client: awsClient(DynamoDBClient, options),
  });
  return {
    once(delivery, context, take) {
      const config = new IdempotencyConfig({ expiresAfterSeconds: THIRTY_DAYS_SECONDS });
      config.registerLambdaContext(context);
      const idempotent = makeIdempotent((_delivery: string) => take(), {
        persistenceStore,
        config,
        dataIndexArgument: 0,
        keyPrefix: "delivery",
      });
      return idempotent(delivery);
    },
  };
}
