import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { type AwsOptions, awsClient } from "./aws.ts";
import { NoAnswerError } from "./no-answer.ts";
import { principalOf } from "./rds/describe/permissions.ts";

/** Who calls AWS, and what time it is there. */
export interface Identity {
  account: string;
  /** ARN as STS reports it. */
  caller: string;
  /** ARN of the user, or of the role that the caller has assumed: what IAM can simulate. */
  principal: string;
}

/** Asks STS who the caller is; needs no permission. Source: STS API, GetCallerIdentity. */
export async function identityOf(options: AwsOptions = {}): Promise<Identity> {
  const client = awsClient(STSClient, options);
  try {
    const { Account, Arn = "" } = await client.send(new GetCallerIdentityCommand({}));
    if (!Account) throw new NoAnswerError("STS", "GetCallerIdentity", "without an account");
    return { account: Account, caller: Arn, principal: principalOf(Arn) };
  } finally {
    client.destroy();
  }
}
