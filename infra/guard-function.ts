import { type Duration, RemovalPolicy, Validations } from "aws-cdk-lib";
import { type PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Architecture, Code, Function as LambdaFunction, Runtime, Tracing } from "aws-cdk-lib/aws-lambda";
import { LogGroup, type RetentionDays } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { bundleFolder, type FunctionName } from "./bundle-folder.ts";
import { commonPermissions, READ_KINDS, type Resources } from "./permissions.ts";

/** What a function of the guard is made with. */
export interface GuardFunctionProps {
  name: FunctionName;
  description: string;
  timeout: Duration;
  environment: Record<string, string>;
  resources: Resources;
  /** What it may do besides what both may. */
  permissions: PolicyStatement[];
  logRetention: RetentionDays;
}

/** One Lambda function of the guard, with its role and its log group. */
export class GuardFunction extends Construct {
  readonly handler: LambdaFunction;
  readonly logs: LogGroup;

  constructor(scope: Construct, id: string, props: GuardFunctionProps) {
    super(scope, id);
    const { name, description, timeout, environment, resources, permissions, logRetention } = props;
    this.logs = new LogGroup(this, "Logs", { retention: logRetention, removalPolicy: RemovalPolicy.RETAIN });
    const role = new Role(this, "Role", { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
    for (const statement of [...commonPermissions(this, resources, this.logs), ...permissions]) role.addToPolicy(statement);
    this.handler = new LambdaFunction(this, "Function", {
      description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code: Code.fromAsset(bundleFolder(name)),
      handler: "index.handler",
      memorySize: 512,
      timeout,
      environment,
      role,
      logGroup: this.logs,
      tracing: Tracing.ACTIVE,
    });
    acknowledgeWildcards(role);
  }
}

function acknowledgeWildcards(role: Role): void {
  const kinds = READ_KINDS.map((kind) => ({
    id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:rds:<AWS::Region>:<AWS::AccountId>:${kind}:*]`,
    reason: `The guard reads every ${kind} of the account and region, whose names are not known before; the actions only describe.`,
  }));
  const all = {
    id: "AwsSolutions-IAM5[Resource::*]",
    reason: "X-Ray's two actions and rds:DescribeEvents, which only write traces and read, take no narrower resource.",
  };
  Validations.of(role).acknowledge(...kinds, all);
}
