import { IdempotencyConfig, makeIdempotent } from "@aws-lambda-powertools/idempotency";
import { DynamoDBPersistenceLayer } from "@aws-lambda-powertools/idempotency/dynamodb";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { Context } from "aws-lambda";
import { type AwsOptions, awsClient } from "./aws.ts";

/** Remembers for 30 days which deliveries were taken, and what became of them. */
export interface Deliveries {
  /**
   * Runs `take` unless the delivery was taken before, and answers what became of it then or now.
   *
   * What is under way in another run throws Powertools' IdempotencyAlreadyInProgressError; where `take` throws, the delivery is forgotten.
   * A run that was killed holds its delivery until its time, as `context` tells it, is over.
   */
  once<T>(delivery: string, context: Context, take: () => Promise<T>): Promise<T>;
}

const THIRTY_DAYS_SECONDS = 30 * 24 * 3_600;

/** Makes the memory of deliveries, in the same table as the records. */
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
