import { Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { beforeAll, describe, expect, it } from "vitest";
import { PropsError } from "../../../infra/props.ts";
import { blueKey } from "../../../src/operations/claim.ts";
import { requestKey } from "../../../src/operations/request.ts";
import { isAllowed, statementsOfRole } from "../../support/infra/iam.ts";
import { mayBySimulator } from "../../support/infra/simulator.ts";
import { PROPS, type Statement, type Synthesized, synth } from "../../support/infra/synth.ts";

let guard: Synthesized;
let operator: Statement[];
beforeAll(() => {
  guard = synth(PROPS, ({ stack, guard: made }) => {
    const role = new Role(stack, "Oncall", { assumedBy: new ServicePrincipal("ec2.amazonaws.com") });
    expect(made.grantOperator(role).success).toBe(true);
  });
  operator = statementsOfRole(guard, "Oncall");
});

/** The only resource that the statements with the action name. */
function resourceOf(action: string): string {
  const named = operator.filter(({ Action }) => Action === action).map(({ Resource }) => String(Resource));
  expect(named.length).toBe(1);
  return named[0] ?? "";
}

const write = (key: string | undefined, action = "dynamodb:PutItem") =>
  isAllowed(operator, {
    action,
    resource: resourceOf("dynamodb:PutItem"),
    ...(key !== undefined && { context: { "dynamodb:LeadingKeys": key } }),
  });

describe("an operator", () => {
  it("writes requests", () => expect(write(requestKey("0f9a2c41-7d35-4b8e-9c51-2f6d3e8a7b10"))).toBe(true));

  it.each([blueKey("cluster-ABC"), "deployment#bgd-hy5ntvomddiv89r8", "channel#C0123456789", "delivery#x", undefined])(
    "does not write %s",
    (key) => expect(write(key)).toBe(false),
  );

  it("changes and deletes no item by another action", () => {
    for (const action of ["UpdateItem", "DeleteItem", "BatchWriteItem", "PartiQLInsert"])
      expect(write("request#one", `dynamodb:${action}`)).toBe(false);
  });

  it("puts requests on the bus, and no facts", () => {
    const put = (source: string, type: string) =>
      isAllowed(operator, {
        action: "events:PutEvents",
        resource: resourceOf("events:PutEvents"),
        context: { "events:source": [source], "events:detail-type": [type] },
      });
    expect(put("bluegreen-guard", "Recreate Requested")).toBe(true);
    expect(put("bluegreen-guard", "Switchover Requested")).toBe(true);
    expect(put("bluegreen-guard", "Deployment Ready")).toBe(false);
    expect(put("other", "Recreate Requested")).toBe(false);
  });

  it("is judged the same by a simulator of IAM that is not the project's own", async () => {
    const put = (key: string) => ({ "dynamodb:LeadingKeys": [key] });
    const send = (source: string, type: string) => ({ "events:source": source, "events:detail-type": [type] });
    const tries: [boolean, string, Record<string, string | string[]>][] = [
      [true, "dynamodb:PutItem", put("request#one")],
      [false, "dynamodb:PutItem", put(blueKey("cluster-ABC"))],
      [false, "dynamodb:PutItem", {}],
      [true, "events:PutEvents", send("bluegreen-guard", "Recreate Requested")],
      [false, "events:PutEvents", send("bluegreen-guard", "Deployment Ready")],
      [false, "events:PutEvents", send("other", "Recreate Requested")],
    ];
    for (const [may, action, context] of tries) {
      const asked = { action, resource: resourceOf(action), context };
      expect([asked, await mayBySimulator(operator, asked), isAllowed(operator, asked)]).toEqual([asked, may, may]);
    }
  });

  it("changes nothing in RDS, Lambda and IAM, but that an operation looks at once", () => {
    const actions = operator.flatMap(({ Action }) => Action);
    const may = /^(rds:Describe|iam:Simulate|lambda:(GetDurableExecution|SendDurableExecutionCallbackSuccess)$)/;
    const others = actions.filter((action) => /^(rds|lambda|iam):/.test(action) && !may.test(action));
    expect(others).toEqual([]);
    expect(actions.filter((action) => action.includes("*"))).toEqual([]);
  });

  it("cannot be somebody who has no policies", () => {
    const { guard: made } = synth();
    expect(() => made.grantOperator(new ServicePrincipal("ec2.amazonaws.com"))).toThrow(/could not be added/);
  });

  it("cannot be where nothing recreates", () => {
    const { guard: made, stack } = synth({ ...PROPS, operations: false });
    const role = new Role(stack, "Oncall", { assumedBy: new ServicePrincipal("ec2.amazonaws.com") });
    expect(() => made.grantOperator(role)).toThrow(PropsError);
  });
});

describe("besides operators", () => {
  it("the functions alone write to the table", () => {
    const roles = Object.keys(guard.resources("AWS::IAM::Role"));
    const table = resourceOf("dynamodb:PutItem");
    const writers = roles.filter((role) => {
      const context = { "dynamodb:LeadingKeys": "request#one" };
      return isAllowed(statementsOfRole(guard, role), { action: "dynamodb:PutItem", resource: table, context });
    });
    expect(writers.map((role) => role.replace(/[0-9A-F]{8}$/, "")).sort()).toEqual([
      "GuardCommandsAnswerRole",
      "GuardOperationsRecreateRole",
      "GuardOperationsReleaseRole",
      "GuardOperationsSwitchoverRole",
      "GuardSweepRole",
      "GuardWatchRole",
      "Oncall",
    ]);
  });
});
