import { Annotations, Stack } from "aws-cdk-lib";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { type ITopic, Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import type { Construct } from "constructs";
import type { BlueGreenGuardProps } from "../props.ts";

/** Returns the topic for the alarms: the one given, or a new one for the email address; warns if there is neither. */
export function alarmTopic(scope: Construct, { alarmTopic: given, alarmEmail }: BlueGreenGuardProps): ITopic | undefined {
  if (!given && alarmEmail === undefined) {
    const message = "Nobody gets the guard's alarms, so nobody learns that it is silent. Set alarmEmail or alarmTopic.";
    Annotations.of(scope).addWarningV2("bluegreen-guard:noAlarmTopic", message);
    return undefined;
  }
  const topic = given ?? makeTopic(scope);
  if (alarmEmail !== undefined) topic.addSubscription(new EmailSubscription(alarmEmail));
  return topic;
}

// No KMS key: CloudWatch cannot publish under SNS's own key, and an alarm's text is no secret. Source: CloudWatch user guide, "Notifying
// users on alarm changes".
function makeTopic(scope: Construct): Topic {
  const topic = new Topic(scope, "Topic", { displayName: "Blue/Green Guard", enforceSSL: true });
  const { account } = Stack.of(scope);
  const alarms = Stack.of(scope).formatArn({ service: "cloudwatch", resource: "alarm:*" });
  topic.addToResourcePolicy(
    new PolicyStatement({
      sid: "FromAlarms",
      principals: [new ServicePrincipal("cloudwatch.amazonaws.com")],
      actions: ["sns:Publish"],
      resources: [topic.topicArn],
      conditions: { StringEquals: { "aws:SourceAccount": account }, ArnLike: { "aws:SourceArn": alarms } },
    }),
  );
  return topic;
}
