import { randomUUID } from "node:crypto";
import { ListSubscriptionsByTopic$ } from "@aws-sdk/client-sns";
import { answerJson, ServiceError } from "../../local/json-service.ts";
import type { Queue } from "../../local/queue/queue.ts";
import { answerSqs } from "../../local/queue/sqs.ts";
import { checkAllowed, type LabAccount } from "../account.ts";
import { RdsError } from "../rds/errors.ts";
import { answerXml, errorXml, type QueryService } from "../rds/xml.ts";

/** Plays Systems Manager's GetParameter, for the version of the CDK's bootstrap stack. */
export function answerSsm(account: LabAccount, request: Request): Promise<Response> {
  const GetParameter = ({ Name }: Record<string, unknown>) => {
    checkAllowed(account, "ssm:GetParameter");
    if (account.bootstrapVersion === undefined) throw new ServiceError("ParameterNotFound", `Parameter ${Name} not found.`);
    return { Parameter: { Name, Type: "String", Value: account.bootstrapVersion, Version: 1 } };
  };
  return answerJson({ GetParameter }, request);
}

/** Plays SQS's GetQueueAttributes for every queue of the stack, and the guard's own calls over `queues`. */
export function answerQueues(account: LabAccount, queues: readonly Queue[], request: Request): Promise<Response> {
  if (!request.headers.get("x-amz-target")?.endsWith(".GetQueueAttributes")) return answerSqs(queues, request);
  const GetQueueAttributes = ({ QueueUrl }: Record<string, unknown>) => {
    checkAllowed(account, "sqs:GetQueueAttributes");
    const name = String(QueueUrl).split("/").at(-1) ?? "";
    return {
      Attributes: { ApproximateNumberOfMessages: String(account.messages.get(name) ?? 0), ApproximateNumberOfMessagesNotVisible: "0" },
    };
  };
  return answerJson({ GetQueueAttributes }, request);
}

/** Plays EventBridge Scheduler's GetSchedule over the stack. */
export async function answerScheduler(account: LabAccount, request: Request): Promise<Response> {
  const headers = { "content-type": "application/json", "x-amzn-requestid": randomUUID() };
  const name = new URL(request.url).pathname.split("/").at(-1);
  const found = account.stack?.resources("AWS::Scheduler::Schedule").find(({ physicalId }) => physicalId === name);
  const refused = (code: string, status: number, Message: string) =>
    Response.json({ Message }, { status, headers: { ...headers, "x-amzn-errortype": code } });
  if (account.denied.has("scheduler:GetSchedule"))
    return refused("AccessDeniedException", 403, "User is not authorized to perform: scheduler:GetSchedule");
  if (!found) return refused("ResourceNotFoundException", 404, `Schedule ${name} does not exist.`);
  const { ScheduleExpression, Target, State = "ENABLED", FlexibleTimeWindow } = found.properties;
  return Response.json({ Name: name, GroupName: "default", ScheduleExpression, State, Target, FlexibleTimeWindow }, { headers });
}

const SNS: QueryService = { namespace: "http://sns.amazonaws.com/doc/2010-03-31/", name: "com.amazonaws.sns" };

/** Plays SNS's ListSubscriptionsByTopic over the stack, on the AWS Query protocol. */
export async function answerSns(account: LabAccount, request: Request): Promise<Response> {
  const requestId = randomUUID();
  const form = new URLSearchParams(await request.text());
  const action = form.get("Action") ?? "";
  if (action !== "ListSubscriptionsByTopic")
    return errorXml(new RdsError("InvalidAction", `The lab does not play ${action}.`), requestId, SNS);
  if (account.denied.has("sns:ListSubscriptionsByTopic"))
    return errorXml(
      new RdsError("AuthorizationError", "User is not authorized to perform: SNS:ListSubscriptionsByTopic", 403),
      requestId,
      SNS,
    );
  const TopicArn = form.get("TopicArn") ?? "";
  const all = account.stack?.resources("AWS::SNS::Subscription").filter(({ properties }) => properties["TopicArn"] === TopicArn) ?? [];
  const Subscriptions = all.map(({ properties: { Protocol, Endpoint } }) => ({
    TopicArn,
    Protocol,
    Endpoint,
    SubscriptionArn: account.areSubscribed ? `${TopicArn}:0a1b2c3d` : "PendingConfirmation",
  }));
  return answerXml(action, ListSubscriptionsByTopic$[5], { Subscriptions }, requestId, SNS);
}

/** The answers of CloudWatch about the stack's alarms, and about which metrics of durable executions there are. */
export const alarmActions = (account: LabAccount) => ({
  DescribeAlarms({ AlarmNames = [] }: Record<string, unknown>) {
    checkAllowed(account, "cloudwatch:DescribeAlarms");
    const names = AlarmNames as string[];
    const of = (type: string) =>
      (account.stack?.resources(type) ?? [])
        .filter(({ physicalId }) => names.includes(physicalId))
        .map(({ physicalId, properties }) => alarmOf(physicalId, properties));
    return { MetricAlarms: of("AWS::CloudWatch::Alarm"), CompositeAlarms: of("AWS::CloudWatch::CompositeAlarm") };
  },
  ListMetrics({ MetricName, Namespace }: Record<string, unknown>) {
    checkAllowed(account, "cloudwatch:ListMetrics");
    const of = account.metricDimensions;
    const Dimensions = of.map((Name) => ({ Name, Value: Name === "FunctionName" ? "recreate" : "1" }));
    return { Metrics: of.length === 0 ? [] : [{ Namespace, MetricName, Dimensions }] };
  },
});

function alarmOf(AlarmName: string, properties: Record<string, unknown>): object {
  const { AlarmDescription, AlarmActions, AlarmRule, StateValue = "OK", ActionsEnabled = true } = properties;
  return { AlarmName, AlarmDescription, AlarmActions, AlarmRule, ActionsEnabled, StateValue };
}
