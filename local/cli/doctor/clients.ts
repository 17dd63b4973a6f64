import { CloudFormationClient } from "@aws-sdk/client-cloudformation";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { IAMClient } from "@aws-sdk/client-iam";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { RDSClient } from "@aws-sdk/client-rds";
import { SchedulerClient } from "@aws-sdk/client-scheduler";
import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import { SSMClient } from "@aws-sdk/client-ssm";
import { type AwsOptions, awsClient } from "../../../src/clients/aws.ts";

/** The clients with which the doctor asks AWS; where AWS is, its own environment says. */
export interface Clients {
  cloudformation: CloudFormationClient;
  cloudwatch: CloudWatchClient;
  dynamodb: DynamoDBClient;
  events: EventBridgeClient;
  iam: IAMClient;
  lambda: LambdaClient;
  rds: RDSClient;
  scheduler: SchedulerClient;
  sns: SNSClient;
  sqs: SQSClient;
  ssm: SSMClient;
}

/** Creates them; a call has three attempts. Of what is left out, AWS's own environment decides. */
export function createClients(given: AwsOptions): Clients {
  const options: AwsOptions = { ...given, maxAttempts: 3 };
  return {
    cloudformation: awsClient(CloudFormationClient, options),
    cloudwatch: awsClient(CloudWatchClient, options),
    dynamodb: awsClient(DynamoDBClient, options),
    events: awsClient(EventBridgeClient, options),
    iam: awsClient(IAMClient, options),
    lambda: awsClient(LambdaClient, options),
    rds: awsClient(RDSClient, options),
    scheduler: awsClient(SchedulerClient, options),
    sns: awsClient(SNSClient, options),
    sqs: awsClient(SQSClient, options),
    ssm: awsClient(SSMClient, options),
  };
}
