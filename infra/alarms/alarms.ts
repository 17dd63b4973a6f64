import {
  Alarm,
  AlarmRule,
  AlarmState,
  ComparisonOperator,
  CompositeAlarm,
  type IAlarm,
  TreatMissingData,
} from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { Construct } from "constructs";
import type { BlueGreenGuardProps } from "../props.ts";
import { alarmList, type Observed } from "./list.ts";
import { alarmTopic } from "./topic.ts";
import type { GuardAlarm } from "./when.ts";

/** The alarms, and the topic that tells a person when one starts and when it is over. */
export class Alarms extends Construct {
  readonly all: IAlarm[];

  constructor(scope: Construct, id: string, observed: Observed, props: BlueGreenGuardProps) {
    super(scope, id);
    const topic = alarmTopic(this, props);
    this.all = Object.entries(alarmList(observed)).map(([article, guardAlarm]) => {
      const { says, onceSeen, ...options } = guardAlarm;
      const alarmDescription = `Blue/Green Guard: ${says} What to do: docs/runbook.md#${article}`;
      const metricAlarm = new Alarm(this, pascalCase(article), { ...options, alarmDescription });
      const alarm = onceSeen ? onceThereWas(this, article, metricAlarm, guardAlarm, alarmDescription) : metricAlarm;
      if (topic) {
        alarm.addAlarmAction(new SnsAction(topic));
        alarm.addOkAction(new SnsAction(topic));
      }
      return alarm;
    });
  }
}

/**
 * The same alarm, but not before its metric has had data. A second alarm remembers that: without data its state stays what it was, at first
 * INSUFFICIENT_DATA, and OK for ever after. Source: CloudWatch user guide, "Configuring how CloudWatch alarms treat missing data", ignore.
 */
function onceThereWas(scope: Construct, article: string, missing: Alarm, { metric }: GuardAlarm, alarmDescription: string): CompositeAlarm {
  const seen = new Alarm(scope, `${pascalCase(article)}Seen`, {
    alarmDescription: "Blue/Green Guard: remembers that there has been a first sweep; it never goes off.",
    metric,
    threshold: 0,
    comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
    evaluationPeriods: 1,
    treatMissingData: TreatMissingData.IGNORE,
  });
  // Another id than the metric alarm's: a resource cannot change its type.
  return new CompositeAlarm(scope, `${pascalCase(article)}OnceSeen`, {
    alarmDescription,
    alarmRule: AlarmRule.allOf(AlarmRule.fromAlarm(missing, AlarmState.ALARM), AlarmRule.fromAlarm(seen, AlarmState.OK)),
  });
}

const pascalCase = (words: string): string => words.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
