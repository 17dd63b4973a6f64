import { Duration, SecretValue } from "aws-cdk-lib";
import { ApiDestination, Authorization, Connection, EventField, type IEventBus, Rule, RuleTargetInput } from "aws-cdk-lib/aws-events";
import { ApiDestination as ToApi } from "aws-cdk-lib/aws-events-targets";
import type { ISecret } from "aws-cdk-lib/aws-secretsmanager";
import { Queue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";

/**
 * Opens an Opsgenie alert for each blue database whose deployment needs a person.
 *
 * `authorization` holds the words `GenieKey `, then the key of an API integration, since EventBridge sends a header as it is. Accounts in
 * the EU take `https://api.eu.opsgenie.com`. Source: Opsgenie, Alert API, "Create Alert".
 */
export class Opsgenie extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { bus, authorization, api = "https://api.opsgenie.com" }: { bus: IEventBus; authorization: ISecret; api?: string },
  ) {
    super(scope, id);
    const header = Authorization.apiKey("Authorization", SecretValue.secretsManager(authorization.secretArn));
    const destination = new ApiDestination(this, "Destination", {
      connection: new Connection(this, "Connection", { authorization: header }),
      endpoint: `${api}/v2/alerts`,
      rateLimitPerSecond: 10,
    });
    const deadLetterQueue = new Queue(this, "DeadLetters", { enforceSSL: true, retentionPeriod: Duration.days(14) });
    const of = (path: string) => EventField.fromPath(path);
    const alert = RuleTargetInput.fromObject({
      message: `${of("$.detail-type")}: ${of("$.detail.deploymentName")}`,
      alias: `${of("$.account")}/${of("$.region")}/${of("$.detail.blue")}`,
      description: of("$.detail.message"),
      entity: of("$.detail.source"),
      source: "Blue/Green Guard",
      priority: "P2",
      details: { account: of("$.account"), region: of("$.region"), factId: of("$.detail.factId") },
    });
    new Rule(this, "Alert", {
      eventBus: bus,
      eventPattern: {
        source: ["bluegreen-guard"],
        detailType: ["Deployment Degraded", "Switchover Partly Completed", "Operation Failed"],
      },
      targets: [new ToApi(destination, { event: alert, deadLetterQueue, retryAttempts: 24 })],
    });
  }
}
