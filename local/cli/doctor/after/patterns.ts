import { isDeepStrictEqual } from "node:util";
import { TestEventPatternCommand } from "@aws-sdk/client-eventbridge";
import { type RouteName, type RoutePattern, routes } from "../../../../src/rules/routes.ts";
import { type EventPattern, matchesPattern } from "../../../event-pattern.ts";
import { type DoctorCheck, fail, pass } from "../check.ts";
import type { Visit } from "../visit.ts";
import { queueArnOf, waysTo } from "./ways.ts";

/**
 * Events as RDS sends them: those that the guard takes, and some that it does not. Source: RDS user guide, "Amazon RDS event categories and
 * event messages".
 */
const SAMPLES: readonly { type: string; id: string; message: string }[] = [
  { type: "RDS Blue Green Deployment Event", id: "RDS-EVENT-0244", message: "Blue/green deployment tasks completed." },
  { type: "RDS DB Cluster Event", id: "RDS-EVENT-0310", message: "Sequence synchronization started." },
  { type: "RDS DB Cluster Event", id: "", message: "Replication has been degraded, because DDL was found." },
  { type: "RDS DB Cluster Event", id: "RDS-EVENT-0150", message: "DB cluster stopped." },
  { type: "RDS DB Instance Event", id: "", message: "Replication has been degraded, because DDL was found." },
  { type: "RDS DB Instance Event", id: "RDS-EVENT-0087", message: "DB instance stopped." },
];

/** Whether EventBridge's own matcher takes with the deployed patterns what this version of the guard takes. */
export const patterns: DoctorCheck = {
  id: "patterns",
  asked: "EventBridge's TestEventPattern: which sample events the deployed patterns take",
  of: "stack",
  async ask(visit) {
    const { account, region, events, stack } = visit;
    const wanted = routes(undefined, { account, region });
    const ways = await waysTo(queueArnOf(stack?.outputs["Queue"] ?? "", visit), events);
    const deployed = ways.map(({ rule }) => JSON.parse(rule.EventPattern ?? "{}") as RoutePattern);
    const old = (Object.keys(wanted) as RouteName[]).filter((name) => !deployed.some((it) => isDeepStrictEqual(it, wanted[name])));
    if (old.length > 0)
      return fail(
        `${old.join(", ")}: not this version's`,
        "Another version of the guard is deployed, or a rule was changed by hand.",
        "Deploy again: npx cdk deploy.",
      );
    const wrong: string[] = [];
    for (const pattern of deployed) {
      for (const sample of SAMPLES) {
        const event = eventOf(sample, visit);
        const { Result } = await events.send(
          new TestEventPatternCommand({ EventPattern: JSON.stringify(pattern), Event: JSON.stringify(event) }),
        );
        if (Result !== matchesPattern(pattern as unknown as EventPattern, event))
          wrong.push(`${sample.type} ${sample.id || sample.message}`);
      }
    }
    const count = deployed.length * SAMPLES.length;
    if (wrong.length === 0) return pass(`${count} answers, all as expected`, "EventBridge takes what the guard expects it to take.");
    return fail(
      wrong.join("; "),
      "EventBridge reads the patterns in another way than the guard expects: events may be lost.",
      "Report this with the file that --record writes.",
    );
  },
};

function eventOf({ type, id, message }: (typeof SAMPLES)[number], { account, region }: Visit): object {
  return {
    version: "0",
    id: "7bf73129-1428-4cd3-a780-95db273d1602",
    "detail-type": type,
    source: "aws.rds",
    account,
    time: "2024-02-05T08:40:26Z",
    region,
    resources: [`arn:aws:rds:${region}:${account}:cluster:orders`],
    detail: { ...(id && { EventID: id }), Message: message, SourceIdentifier: "orders" },
  };
}
