import { Duration, type SecretValue } from "aws-cdk-lib";
import { ApiDestination, Authorization, Connection, EventField, type IEventBus, Rule, RuleTargetInput } from "aws-cdk-lib/aws-events";
import { ApiDestination as ToApi } from "aws-cdk-lib/aws-events-targets";
import { Queue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";

/** Facts that need a person, and the facts that end the need. */
const TRIGGERS = ["Deployment Degraded", "Switchover Partly Completed", "Operation Failed"];
const RESOLVES = ["Deployment Ready", "Switchover Completed", "Operation Finished"];

/**
 * Opens a PagerDuty incident for each blue database whose deployment needs a person, and resolves it once a fact says that this is over.
 *
 * No fact says that a person has deleted the deployment for good: they resolve the incident themselves.
 *
 * `integrationKey` is that of an integration "Events API v2". Source: PagerDuty, Events API v2, "Send an alert event".
 */
export class PagerDuty extends Construct {
  constructor(scope: Construct, id: string, { bus, integrationKey }: { bus: IEventBus; integrationKey: SecretValue }) {
    super(scope, id);
    const destination = new ApiDestination(this, "Destination", {
      connection: new Connection(this, "Connection", { authorization: Authorization.apiKey("X-Routing-Key", integrationKey) }),
      endpoint: "https://events.pagerduty.com/v2/enqueue",
      rateLimitPerSecond: 10,
    });
    const deadLetterQueue = new Queue(this, "DeadLetters", { enforceSSL: true, retentionPeriod: Duration.days(14) });
    const send = (event: RuleTargetInput) => new ToApi(destination, { event, deadLetterQueue, retryAttempts: 24 });
    new Rule(this, "Trigger", {
      eventBus: bus,
      eventPattern: { source: ["bluegreen-guard"], detailType: TRIGGERS },
      targets: [send(alert("trigger"))],
    });
    new Rule(this, "Resolve", {
      eventBus: bus,
      eventPattern: { source: ["bluegreen-guard"], detailType: RESOLVES },
      targets: [send(alert("resolve"))],
    });
  }
}

/** One incident for each blue database: a deployment that is created again has another id. */
function alert(event_action: "trigger" | "resolve"): RuleTargetInput {
  const of = (path: string) => EventField.fromPath(path);
  return RuleTargetInput.fromObject({
    event_action,
    dedup_key: `${of("$.account")}/${of("$.region")}/${of("$.detail.blue")}`,
    client: "Blue/Green Guard",
    payload: {
      summary: `${of("$.detail-type")}: ${of("$.detail.deploymentName")} on ${of("$.detail.blue")}`,
      source: of("$.detail.deploymentId"),
      severity: "error",
      timestamp: of("$.detail.occurredAt"),
      group: of("$.account"),
      custom_details: of("$.detail"),
    },
  });
}
