import { DescribeAlarmsCommand, type MetricAlarm } from "@aws-sdk/client-cloudwatch";
import { DescribeTableCommand } from "@aws-sdk/client-dynamodb";
import { ListSubscriptionsByTopicCommand } from "@aws-sdk/client-sns";
import { GetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import { OPEN_INDEX } from "../../../../src/clients/names.ts";
import { type DoctorCheck, fail, pass, unknown } from "../check.ts";
import { physicalIds } from "../stack.ts";
import type { Visit } from "../visit.ts";

/** Whether something waits in a queue for a person. */
export const queues: DoctorCheck = {
  id: "queues",
  asked: "how many messages are in each queue",
  of: "stack",
  async ask({ sqs, stack }) {
    const urls = Object.entries(stack?.outputs ?? {}).filter(([name]) => name === "Queue" || name.endsWith("DeadLetters"));
    const counts = await Promise.all(
      urls.map(async ([name, QueueUrl]) => {
        const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["ApproximateNumberOfMessages"] }));
        return { name, count: Number(Attributes?.ApproximateNumberOfMessages) };
      }),
    );
    const full = counts.filter(({ count }) => count !== 0);
    if (full.length === 0) return pass(`${counts.length} queues, all empty`, "Nothing waits for a person.");
    const came = full.map(({ name, count }) => `${name} ${count}`).join(", ");
    return fail(
      came,
      "Something could not be delivered or told, or waits to be.",
      "See docs/runbook.md, the articles about dead letters and waiting messages.",
    );
  },
};

/** Whether the guard's records can be kept. */
export const table: DoctorCheck = {
  id: "table",
  asked: "the state of the guard's table and of its index",
  of: "stack",
  async ask({ dynamodb, stack }) {
    const { Table = {} } = await dynamodb.send(new DescribeTableCommand({ TableName: stack?.outputs["Table"] }));
    const { TableStatus, GlobalSecondaryIndexes = [], DeletionProtectionEnabled } = Table;
    const index = GlobalSecondaryIndexes.find(({ IndexName }) => IndexName === OPEN_INDEX)?.IndexStatus;
    const came = `${TableStatus}, index ${index ?? "missing"}, deletion protection ${DeletionProtectionEnabled ? "on" : "off"}`;
    if (TableStatus !== "ACTIVE" || index !== "ACTIVE")
      return fail(came, "The guard cannot keep what it knows.", "See the table in DynamoDB's console; deploy again: npx cdk deploy.");
    if (DeletionProtectionEnabled) return pass(came, "The guard can keep what it knows, and nobody deletes it by mistake.");
    const advice = `aws dynamodb update-table --deletion-protection-enabled --table-name ${stack?.outputs["Table"]}`;
    return pass(came, "The guard can keep what it knows.", `Once all is well, protect the table from deletion: ${advice}`);
  },
};

const OWN = "Blue/Green Guard: ";

/** Whether alarms reach somebody, and whether one is on. */
export const alarms: DoctorCheck = {
  id: "alarms",
  asked: "which of the guard's alarms are on, and whether they reach somebody",
  of: "stack",
  async ask(visit) {
    const all = await alarmsOf(visit);
    const on = all.filter(({ StateValue }) => StateValue === "ALARM");
    const topics = [...new Set(all.flatMap(({ AlarmActions = [] }) => AlarmActions))];
    const came = `${all.length} alarms, ${on.length} on, ${topics.length} topics`;
    if (on.length > 0) {
      const names = on.map(({ AlarmDescription = "" }) => AlarmDescription.slice(OWN.length));
      return fail(`${came}: ${names.join(" ")}`, "Something is wrong with the guard.", "Each names its article in docs/runbook.md.");
    }
    if (all.length === 0) return fail(came, "Nobody learns that the guard is silent.", "Deploy again: npx cdk deploy.");
    if (topics.length === 0 || all.some(({ ActionsEnabled }) => ActionsEnabled === false))
      return judgedSilent(came, visit.given.alarmEmail === "none" || visit.given.alarmTopic === "none");
    const pending = await unconfirmed(topics, visit);
    if (pending === undefined)
      return unknown(
        came,
        "Whether somebody gets them is not known.",
        "Run doctor with credentials that may ask sns:ListSubscriptionsByTopic.",
      );
    if (pending.length === 0) return pass(came, "They reach somebody.");
    return fail(
      `${came}; ${pending.join(", ")}`,
      "Alarms do not reach everybody who should get them.",
      "Have them confirm the subscription in the mail from SNS.",
    );
  },
};

const judgedSilent = (came: string, isStated: boolean) =>
  isStated
    ? pass(came, "They reach nobody, as the settings state.", "State alarmEmail or alarmTopic to have somebody get them.")
    : fail(came, "Nobody gets them.", "State alarmEmail or alarmTopic, and deploy again.");

/** An alarm of either kind, as far as it says whether it is on and whom it tells. */
export type Told = Pick<MetricAlarm, "AlarmName" | "AlarmDescription" | "AlarmActions" | "ActionsEnabled" | "StateValue">;

const NAMES_A_CALL = 100;

/** The guard's alarms, without those that are only a part of another one. */
export async function alarmsOf({ cloudwatch, stack }: Visit): Promise<Told[]> {
  const names = stack ? ALARM_TYPES.flatMap((type) => physicalIds(stack, type)) : [];
  const starts = Array.from({ length: Math.ceil(names.length / NAMES_A_CALL) }, (_, index) => index * NAMES_A_CALL);
  const found = await Promise.all(
    starts.map((start) => {
      const AlarmNames = names.slice(start, start + NAMES_A_CALL);
      return cloudwatch.send(
        new DescribeAlarmsCommand({ AlarmNames, AlarmTypes: ["MetricAlarm", "CompositeAlarm"], MaxRecords: NAMES_A_CALL }),
      );
    }),
  );
  const composite = found.flatMap(({ CompositeAlarms = [] }) => CompositeAlarms);
  const rules = composite.map(({ AlarmRule = "" }) => AlarmRule).join("\n");
  const whole = found.flatMap(({ MetricAlarms = [] }) => MetricAlarms).filter(({ AlarmName = "" }) => !rules.includes(AlarmName));
  return [...whole, ...composite].filter(({ AlarmDescription = "" }) => AlarmDescription.startsWith(OWN));
}

const ALARM_TYPES = ["AWS::CloudWatch::Alarm", "AWS::CloudWatch::CompositeAlarm"] as const;

/** What keeps an alarm from somebody, in words; undefined if SNS does not say. */
async function unconfirmed(topics: readonly string[], { sns }: Visit): Promise<string[] | undefined> {
  const problems: string[] = [];
  for (const TopicArn of topics) {
    const answer = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn })).catch((error: Error) => {
      if (/^Authorization|^AccessDenied/.test(error.name)) return undefined;
      throw error;
    });
    if (!answer) return undefined;
    const { Subscriptions = [] } = answer;
    const pending = Subscriptions.filter(({ SubscriptionArn }) => SubscriptionArn === "PendingConfirmation").length;
    if (Subscriptions.length === 0) problems.push("a topic without subscriptions");
    if (pending > 0) problems.push(`${pending} subscriptions not confirmed`);
  }
  return problems;
}
