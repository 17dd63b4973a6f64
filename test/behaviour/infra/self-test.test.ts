import { describe, expect, it } from "vitest";
import { statementsOfRole } from "../../support/infra/iam.ts";
import { listOf, synthesized } from "../../support/infra/synth.ts";

const properties = (type: string) => Object.values(synthesized().resources(type)).map(({ Properties }) => Properties);

describe("nothing in the stack asks a function to test itself:", () => {
  it("a rule sends an operation the id of its request, and other functions and queues the event as it came", () => {
    const targets = properties("AWS::Events::Rule").flatMap(({ Targets }) => Targets as Record<string, unknown>[]);
    expect(targets.length).toBe(6);
    const templates = targets.map(({ InputTransformer }) => (InputTransformer as { InputTemplate?: string } | undefined)?.InputTemplate);
    expect([...new Set(templates)].sort()).toEqual(['{"requestId":<detail-requestId>}', undefined]);
    expect(targets.filter((it) => "Input" in it || "InputPath" in it)).toEqual([]);
  });

  it("the schedule sends no input of its own", () => {
    const [{ Target } = {}] = properties("AWS::Scheduler::Schedule");
    expect(Target).not.toHaveProperty("Input");
  });

  it("the functions that others may invoke let in rules, and whoever comes by the URL", () => {
    for (const { Principal, Action, FunctionUrlAuthType, InvokedViaFunctionUrl, SourceArn } of properties("AWS::Lambda::Permission")) {
      if (Principal === "events.amazonaws.com") expect(SourceArn).toBeDefined();
      else
        expect([Principal, Action === "lambda:InvokeFunctionUrl" ? FunctionUrlAuthType === "NONE" : InvokedViaFunctionUrl]).toEqual([
          "*",
          true,
        ]);
    }
  });

  it("of the stack's roles only the schedule's invokes the sweep, and the entrance's the answer function", () => {
    const roles = Object.keys(synthesized().resources("AWS::IAM::Role"));
    const invoking = roles.filter((role) =>
      statementsOfRole(synthesized(), role).some(({ Action }) => listOf(Action).includes("lambda:InvokeFunction")),
    );
    expect(invoking.map((it) => it.replace(/[0-9A-F]{8}$/, "")).sort()).toEqual(["GuardCommandsSlackRole", "GuardScheduleRole"]);
  });
});
