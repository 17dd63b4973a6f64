import { expect, it } from "vitest";
import type { Asked } from "../../../src/handlers/self-test/asking.ts";
import { openLambdaLab, runIn } from "./durable.ts";
import { secretsIn } from "./function.ts";

it.each(["recreate", "switchover"] as const)(
  "the bundle of the %s function tests its own calls in an execution: a step, a wait, and a step about its own execution",
  async (name) => {
    const { lab, lambda } = await openLambdaLab();
    const arn = lambda.add("one", { selfTest: { id: "0a1b2c3d" } });
    const first = await runIn({ lab, lambda }, name, [arn]);
    expect([first.exitCode, first.stderr, first.outcomes]).toEqual([0, "", [{ answer: { Status: "PENDING" } }]]);
    const operations = lambda.executions.get(arn)?.operations ?? [];
    expect(operations.map(({ Name }) => Name)).toEqual([undefined, "self-test", "self-test pause"]);
    for (const operation of operations) if (operation.Name === "self-test pause") operation.Status = "SUCCEEDED";
    const second = await runIn({ lab, lambda }, name, [arn]);
    const [{ answer } = {}] = second.outcomes as { answer?: { Status: string; Result: string } }[];
    expect(answer?.Status).toBe("SUCCEEDED");
    const { asked } = JSON.parse(answer?.Result ?? "{}") as { asked: Asked[] };
    expect(asked.filter(({ result }) => result !== "answered")).toEqual([]);
    expect(asked.at(-1)).toMatchObject({ what: "lambda:GetDurableExecution", came: "RUNNING, with its input" });
    expect(lab.rds.calls.length).toBeGreaterThan(0);
    expect(lab.rds.calls.filter(({ action }) => !action.startsWith("Describe"))).toEqual([]);
    expect(lab.slack.messages).toEqual([]);
    expect(secretsIn(second)).toEqual([]);
  },
);
