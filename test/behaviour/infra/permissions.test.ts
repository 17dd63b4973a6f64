import { readFileSync } from "node:fs";
import { Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { beforeAll, describe, expect, it } from "vitest";
import { statementsOfRole } from "../../support/infra/iam.ts";
import { listOf, type Synthesized, synth, withWebhook } from "../../support/infra/synth.ts";

const PAGE = readFileSync(new URL("../../../docs/permissions.md", import.meta.url), "utf8");

let guard: Synthesized;
beforeAll(() => {
  const monitoringRoleArns = ["arn:aws:iam::123456789012:role/rds-monitoring-role"];
  guard = synth(
    (its) => ({ ...withWebhook(its), monitoringRoleArns }),
    ({ stack, guard: made }) => {
      made.grantOperator(new Role(stack, "Operator", { assumedBy: new ServicePrincipal("ec2.amazonaws.com") }));
    },
  );
});

const ROLES = {
  Watch: "GuardWatchRole",
  Sweep: "GuardSweepRole",
  Recreate: "GuardOperationsRecreateRole",
  Switchover: "GuardOperationsSwitchoverRole",
  Release: "GuardOperationsReleaseRole",
  Slack: "GuardCommandsSlackRole",
  Answer: "GuardCommandsAnswerRole",
  Webhook: "GuardWebhookRole",
  Schedule: "GuardScheduleRole",
  Operator: "Operator",
} as const;
type RoleName = keyof typeof ROLES;

const statements = (role: RoleName) => statementsOfRole(guard, ROLES[role]);
const actions = (role: RoleName) => statements(role).flatMap(({ Action }) => listOf(Action));

/** The rows of the table below a heading: the action, and the cells after it. */
function rows(heading: string): [string, string[]][] {
  const section = PAGE.split(/^## /m).find((it) => it.startsWith(`${heading}\n`)) ?? "";
  return [...section.matchAll(/^\| `([\w:]+)` \|(.+)\|$/gm)].map((row) => [row[1] ?? "", (row[2] ?? "").split("|").map((it) => it.trim())]);
}

describe.each(Object.keys(ROLES) as RoleName[])("the role of %s", (role) => {
  it("may do what the page of permissions lists, and nothing else", () => {
    expect(actions(role).sort()).toEqual(
      rows(role)
        .map(([action]) => action)
        .sort(),
    );
    expect(actions(role).length).toBeGreaterThan(1);
  });

  it("has a reason for each action", () => {
    for (const [, [on = "", why = ""]] of rows(role)) {
      expect(on).not.toBe("");
      expect(why).toMatch(/\w+ \w+/);
    }
  });

  it("changes nothing in RDS, but for those of the recreate and the switchover function, of which this one deletes and creates nothing", () => {
    const changes = actions(role).filter((action) => action.startsWith("rds:") && !action.startsWith("rds:Describe"));
    expect(changes.length > 0).toBe(role === "Recreate" || role === "Switchover");
    expect(changes.some((action) => /^rds:(Delete|Create|Add)/.test(action))).toBe(role === "Recreate");
  });

  it("is attached to nothing that AWS manages", () => {
    expect(guard.properties("AWS::IAM::Role", ROLES[role])["ManagedPolicyArns"]).toBeUndefined();
  });

  it("names every resource, but for traces, metrics and what RDS knows without one", () => {
    const everything = statements(role).filter(({ Resource }) => listOf(Resource).includes("*"));
    const allowed = [
      "xray:PutTraceSegments",
      "xray:PutTelemetryRecords",
      "rds:DescribeEvents",
      "rds:DescribeDBEngineVersions",
      "cloudwatch:GetMetricData",
    ];
    expect(everything.flatMap(({ Action }) => listOf(Action)).filter((action) => !allowed.includes(action))).toEqual([]);
  });
});
