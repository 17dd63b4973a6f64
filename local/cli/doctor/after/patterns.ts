import { isDeepStrictEqual } from "node:util";
import { TestEventPatternCommand } from "@aws-sdk/client-eventbridge";
import { inTurns } from "../../../../src/handlers/failures.ts";
import { type RouteName, type RoutePattern, routes } from "../../../../src/rules/routes.ts";
import { type EventPattern, matchesPattern } from "../../../event-pattern.ts";
import recording from "../../../recorded/aurora-major-upgrade-2024-02-05.json" with { type: "json" };
import { type DoctorCheck, type Finding, fail, pass } from "../check.ts";
import type { Visit } from "../visit.ts";
import { queueArnOf, waysTo } from "./ways.ts";

/** An event that EventBridge is asked about, and how many recorded events are like it. */
interface Sample {
  type: string;
  message: string;
  id?: string;
  recorded: number;
}

const TYPES: Readonly<Record<string, string>> = {
  BLUE_GREEN_DEPLOYMENT: "RDS Blue Green Deployment Event",
  CLUSTER: "RDS DB Cluster Event",
  DB_INSTANCE: "RDS DB Instance Event",
};

/** The events of a real upgrade, each once: a pattern reads nothing of them but what kind they are and what they say. */
const RECORDED: readonly Sample[] = Object.values(
  Object.groupBy(recording.events, ({ sourceType, message }) => `${sourceType} ${message}`),
).flatMap((alike = []) =>
  alike.slice(0, 1).map(({ sourceType, message }) => ({ type: TYPES[sourceType] ?? "", message, recorded: alike.length })),
);

/**
 * What the recording lacks: ids, and texts that only a wildcard names. Source: RDS user guide, "Amazon RDS event categories and event
 * messages".
 */
const OTHERS: readonly Sample[] = [
  { type: "RDS DB Cluster Event", message: "The replication of green is degraded.", recorded: 0 },
  { type: "RDS DB Instance Event", message: "The replication of green is degraded.", recorded: 0 },
  { type: "RDS DB Cluster Event", id: "RDS-EVENT-0310", message: "-", recorded: 0 },
  { type: "RDS DB Cluster Event", id: "RDS-EVENT-0150", message: "-", recorded: 0 },
  { type: "RDS DB Instance Event", id: "RDS-EVENT-0087", message: "-", recorded: 0 },
];

/** Whether EventBridge's own matcher takes with the deployed patterns what this version of the guard takes. */
export const patterns: DoctorCheck = {
  id: "patterns",
  asked: "EventBridge's TestEventPattern: which events of a recorded upgrade the deployed patterns take",
  of: "stack",
  async ask(visit) {
    const { account, region, events, stack } = visit;
    const wanted = routes(undefined, { account, region });
    const ways = await waysTo(queueArnOf(stack?.outputs["Queue"] ?? "", visit), events);
    // A rule with a schedule has no pattern; another one that leads to the queue is not the guard's, and nothing is expected of it.
    const found = ways.flatMap(({ rule: { EventPattern } }) => (EventPattern ? [JSON.parse(EventPattern) as RoutePattern] : []));
    const deployed = found.filter((it) => Object.values(wanted).some((route) => isDeepStrictEqual(it, route)));
    const old = (Object.keys(wanted) as RouteName[]).filter((name) => !deployed.some((it) => isDeepStrictEqual(it, wanted[name])));
    if (old.length > 0)
      return fail(
        `${old.join(", ")}: not this version's`,
        "Another version of the guard is deployed, or a rule was changed by hand.",
        "Deploy again: npx cdk deploy.",
      );
    const samples = [...RECORDED, ...OTHERS];
    const questions = samples.flatMap((sample) => deployed.map((pattern) => ({ sample, pattern })));
    const taken = new Set<Sample>();
    const wrong = new Set<Sample>();
    const [failure] = await inTurns(questions, async ({ sample, pattern }) => {
      const event = eventOf(sample, visit);
      const { Result = false } = await events.send(
        new TestEventPatternCommand({ EventPattern: JSON.stringify(pattern), Event: JSON.stringify(event) }),
      );
      if (Result) taken.add(sample);
      if (Result !== matchesPattern(pattern as unknown as EventPattern, event)) wrong.add(sample);
    });
    if (failure !== undefined) throw failure;
    return judged(taken, wrong);
  },
};

function judged(taken: ReadonlySet<Sample>, wrong: ReadonlySet<Sample>): Finding {
  const count = [...taken].reduce((sum, { recorded }) => sum + recorded, 0);
  const came = `${count} of ${recording.events.length} recorded events`;
  if (wrong.size === 0) return pass(came, "EventBridge takes what the guard expects it to take.");
  const words = [...wrong].map(({ type, id, message }) => `${type} ${id ?? `"${message}"`}`);
  return fail(
    `${came}; not as expected: ${words.slice(0, SHOWN).join(", ")}${words.length > SHOWN ? ` and ${words.length - SHOWN} more` : ""}`,
    "EventBridge reads the patterns in another way than the guard expects: events may be lost.",
    "Report this with the file that --record writes.",
  );
}

const SHOWN = 3;

function eventOf({ type, id, message }: Sample, { account, region }: Visit): object {
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
