import { RemovalPolicy } from "aws-cdk-lib";
import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from "aws-cdk-lib/aws-dynamodb";
import type { Construct } from "constructs";
import { OPEN_INDEX } from "../src/clients/names.ts";

/**
 * Creates the table of records and deliveries. It outlives the stack, and can be restored to any point in time.
 *
 * Without DynamoDB's deletion protection: CloudFormation could not take back a table that a failed deploy has made. A person turns it on
 * after the first good deploy, which no later deploy undoes.
 */
export function recordsTable(scope: Construct, id: string): Table {
  const table = new Table(scope, id, {
    partitionKey: { name: "pk", type: AttributeType.STRING },
    timeToLiveAttribute: "expiresAt",
    billingMode: BillingMode.PAY_PER_REQUEST,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    encryption: TableEncryption.AWS_MANAGED,
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  });
  table.addGlobalSecondaryIndex({
    indexName: OPEN_INDEX,
    partitionKey: { name: "open", type: AttributeType.STRING },
    sortKey: { name: "rank", type: AttributeType.STRING },
    projectionType: ProjectionType.INCLUDE,
    nonKeyAttributes: ["hint"],
  });
  return table;
}
