import { Alarm } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { Construct } from "constructs";
import type { BlueGreenGuardProps } from "../props.ts";
import { alarmList, type Observed } from "./list.ts";
import { alarmTopic } from "./topic.ts";

/** The alarms, and the topic that tells a person when one starts and when it is over. */
export class Alarms extends Construct {
  readonly all: Alarm[];

  constructor(scope: Construct, id: string, observed: Observed, props: BlueGreenGuardProps) {
    super(scope, id);
    const topic = alarmTopic(this, props);
    this.all = Object.entries(alarmList(observed)).map(([article, { says, metric, ...options }]) => {
      const alarmDescription = `Blue/Green Guard: ${says} What to do: docs/runbook.md#${article}`;
      const alarm = new Alarm(this, pascalCase(article), { ...options, metric, alarmDescription });
      if (topic) {
        alarm.addAlarmAction(new SnsAction(topic));
        alarm.addOkAction(new SnsAction(topic));
      }
      return alarm;
    });
  }
}

const pascalCase = (words: string): string => words.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
