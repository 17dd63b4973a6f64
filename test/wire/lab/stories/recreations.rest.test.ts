import { DescribeBlueGreenDeploymentsCommand } from "@aws-sdk/client-rds";
import { expect, it } from "vitest";
import { messageText } from "../../../../lab/slack/text.ts";
import { recreateByPolicy } from "../../../../lab/stories/recreate/by-policy.ts";
import { recreateFails } from "../../../../lab/stories/recreate/fails.ts";
import { recreateKilled } from "../../../../lab/stories/recreate/killed.ts";
import { recreateRuinedAgain } from "../../../../lab/stories/recreate/ruined-again.ts";
import { readings, type TestLab, told, withoutDetails } from "../../../support/lab/stage.ts";
import { playWithSweeps, read } from "./play.ts";
import { playWithProcess } from "./process.ts";

// A recreation takes hours of the lab and hundreds of looks over the wire.

const RUINED = "  Replication is degraded";
const BEGUN = "  Being deleted and created again";

/** What the lab accepted of deletions, and the names that it created. */
function accepted({ rds }: Pick<TestLab, "rds">): { deletions: number; names: string[] } {
  const calls = rds.calls.filter(({ outcome }) => outcome === "accepted");
  return {
    deletions: calls.filter(({ action }) => action === "DeleteBlueGreenDeployment").length,
    names: calls.flatMap(({ action, parameters }) =>
      action === "CreateBlueGreenDeployment" ? [String(parameters["BlueGreenDeploymentName"])] : [],
    ),
  };
}

/** Milliseconds since 1970 of the last event with these words, and of the last call of that action. */
function lastEvent({ rds }: Pick<TestLab, "rds">, words: string): number {
  return Date.parse(rds.history.findLast(({ message }) => message.includes(words))?.date ?? "");
}
function lastCall({ rds }: Pick<TestLab, "rds">, action: string): number {
  return Date.parse(rds.calls.findLast((call) => call.action === action)?.date ?? "");
}

/** The deployments that are there, by name and status. */
async function left({ aws }: Pick<TestLab, "aws">): Promise<string[]> {
  const { BlueGreenDeployments = [] } = await aws.send(new DescribeBlueGreenDeploymentsCommand({}));
  return BlueGreenDeployments.map(({ BlueGreenDeploymentName, Status }) => `${BlueGreenDeploymentName} ${Status}`);
}

it("recreate-by-policy: announced, begun ten minutes after the last DDL, done with nobody there", async () => {
  const { lab } = await playWithSweeps(recreateByPolicy, { hasten: 6 });
  const { deletions, names } = accepted(lab);
  expect([deletions, names.length]).toEqual([1, 2]);
  expect(await left(lab)).toEqual([`${names[1]} AVAILABLE`]);
  const thread = told(lab);
  const ruinedAt = thread.indexOf(RUINED);
  expect(thread.slice(ruinedAt, ruinedAt + 4)).toEqual([RUINED, "  Will be deleted and created again", BEGUN, "  Deleted"]);
  expect(thread.slice(-3)).toEqual(["  How green is built", "  Green is built", "  Created again, and ready to switch over"]);
  expect(read(lab, "Being deleted and created again")).toContain("Asked for by the guard itself");
  const settled = lastCall(lab, "DeleteBlueGreenDeployment") - lastEvent(lab, "Data definition language");
  expect(settled).toBeGreaterThanOrEqual(10 * 60_000);
  expect(settled).toBeLessThan(15 * 60_000);
});

it("recreate-fails: told loudly that nothing was created, then gone on with under the same name", async () => {
  const { lab } = await playWithSweeps(recreateFails, { hasten: 6 });
  const { deletions, names } = accepted(lab);
  expect([deletions, names.length]).toEqual([1, 2]);
  expect(lab.rds.calls.map(({ outcome }) => outcome)).toContain("DBClusterParameterGroupNotFound");
  expect(await left(lab)).toEqual([`${names[1]} AVAILABLE`]);
  const failed = read(lab, "Recreation failed, there is no green now");
  expect(failed).toContain("DBClusterParameterGroup not found: orders-aurora-postgresql16");
  expect(failed).toContain("nothing was created in its place");
  expect(told(lab).filter((line) => /Recreation failed|Being deleted|Created again/.test(line))).toEqual([
    BEGUN,
    "  Recreation failed, there is no green now",
    BEGUN,
    "  Created again, and ready to switch over",
  ]);
});

it("recreate-ruined-again: DDL meanwhile is told at once, and the policy recreates what was created", async () => {
  const { lab } = await playWithSweeps(recreateRuinedAgain);
  const { deletions, names } = accepted(lab);
  expect([deletions, names.length]).toEqual([2, 3]);
  expect(names[2]).toMatch(/^orders-16-[0-9a-f]{8}$/);
  expect(await left(lab)).toEqual([`${names[2]} AVAILABLE`]);
  // The alert of what was created says it; how the recreation ended is in the same message.
  expect(readings(lab).join("\n")).toMatch(/🟠 \*orders-16-[0-9a-f]{8}: Replication is degraded/u);
  const failed = lab.bus.events.find((event) => event["detail-type"] === "Operation Failed")?.time ?? "";
  expect(Date.parse(failed) - lastEvent(lab, "Data definition language")).toBeLessThan(60_000);
  expect(told(lab).filter((line) => line.startsWith("  Created again"))).toHaveLength(1);
});

it("recreate-killed: the guard's process is killed after the deletion, and its successor creates once, under the name of the plan", async () => {
  const { lab, said } = await playWithProcess(recreateKilled, { hasten: 6 });
  const { deletions, names } = accepted(lab);
  expect([deletions, names.length]).toEqual([1, 2]);
  expect(await left(lab)).toEqual([`${names[1]} AVAILABLE`]);
  expect(said.some((line) => line.includes(`Create blue/green deployment ${names[1]} on`))).toBe(true);
  expect(lastCall(lab, "CreateBlueGreenDeployment")).toBeGreaterThan(lastEvent(lab, "deployment deleted"));
  // Killed while it told something, what came after may be told as one digest.
  const saying = () => withoutDetails(lab).filter((message) => messageText(message).includes("Created again"));
  await expect.poll(saying).toHaveLength(1);
});
