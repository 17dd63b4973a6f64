import { type Duration, RemovalPolicy, Validations } from "aws-cdk-lib";
import { type PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Architecture, Code, type DurableConfig, Function as LambdaFunction, Runtime, Tracing } from "aws-cdk-lib/aws-lambda";
import { LogGroup, type RetentionDays } from "aws-cdk-lib/aws-logs";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { bundleFolder, type FunctionName } from "./bundle-folder.ts";
import { commonPermissions, entrancePermissions, READ_KINDS, type Resources, rdsFinding } from "./permissions/permissions.ts";

/** Options that all the guard's functions share. */
export interface GuardFunctionCommon {
  environment: Record<string, string>;
  resources: Resources;
  logRetention: RetentionDays;
  /** Whether X-Ray traces the functions, but for the entrance. */
  tracing: boolean;
}

/** Options for one of the guard's functions. */
export interface GuardFunctionProps extends GuardFunctionCommon {
  name: FunctionName;
  description: string;
  timeout: Duration;
  /** Its permissions beyond those of every function. */
  permissions: PolicyStatement[];
  /** Wildcards in these permissions, each with a reason. */
  wildcards?: { id: string; reason: string }[];
  /** Makes it a durable function and retains its versions: an execution ends on the version that it started on. */
  durable?: DurableConfig;
  /** True if it only checks what comes from outside and hands it on: more memory for a faster start, no tracing, minimal permissions. */
  isEntrance?: boolean;
  /** All its permissions, in place of those of every function: it knows nothing of RDS, of the table and of Slack. */
  only?(logs: LogGroup): PolicyStatement[];
  /** How many invocations may run at once; the account's limit if left out. */
  reservedConcurrency?: number;
  /** Receives the events of asynchronous invocations that failed on every attempt. */
  deadLetters?: IQueue;
}

/** One of the guard's Lambda functions, with its role and its log group. */
export class GuardFunction extends Construct {
  readonly handler: LambdaFunction;
  readonly role: Role;
  readonly logs: LogGroup;

  constructor(scope: Construct, id: string, props: GuardFunctionProps) {
    super(scope, id);
    const { name, description, timeout, environment, resources, permissions, durable, deadLetters, logRetention } = props;
    const { isEntrance = false, reservedConcurrency, only } = props;
    this.logs = new LogGroup(this, "Logs", { retention: logRetention, removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE });
    this.role = new Role(this, "Role", { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
    const ofAll = isEntrance ? entrancePermissions(resources, this.logs) : commonPermissions(this, resources, this.logs);
    const common = only?.(this.logs) ?? ofAll;
    for (const statement of [...common, ...permissions]) this.role.addToPolicy(statement);
    this.handler = new LambdaFunction(this, "Function", {
      description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code: Code.fromAsset(bundleFolder(name)),
      handler: "index.handler",
      memorySize: isEntrance ? 1_024 : 512,
      timeout,
      environment,
      role: this.role,
      logGroup: this.logs,
      tracing: isEntrance || !props.tracing ? Tracing.DISABLED : Tracing.ACTIVE,
      reservedConcurrentExecutions: reservedConcurrency,
      // Lambda supports no destinations for durable functions. Source: its developer guide, "Invoking Lambda durable functions".
      deadLetterQueue: deadLetters,
      ...(durable && { durableConfig: durable, currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE } }),
    });
    if (only) return;
    resources.slackSecret.encryptionKey?.grantDecrypt(this.handler);
    if (!isEntrance) acknowledgeWildcards(this.role, props.wildcards ?? []);
  }
}

/** Tells cdk-nag why a policy of `on` names every resource of what the guard reads; `others` are further findings. */
export function acknowledgeWildcards(on: Construct, others: { id: string; reason: string }[]): void {
  const kinds = READ_KINDS.map((kind) => ({
    id: rdsFinding(kind),
    reason: `The guard names no ${kind} before it meets it: it may describe every one of account and region, the recreate function create it, and the switchover function have it renamed.`,
  }));
  const all = {
    id: "AwsSolutions-IAM5[Resource::*]",
    reason:
      "X-Ray's two actions and those that read events, engine versions and metrics, which write traces and read, take no narrower resource.",
  };
  Validations.of(on).acknowledge(...kinds, all, ...others);
}
