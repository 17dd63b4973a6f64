import { DeleteBlueGreenDeploymentCommand } from "@aws-sdk/client-rds";
import { describe, expect, it } from "vitest";
import { policyRequestId } from "../../../../src/operations/policy-now.ts";
import type { OperationRequest } from "../../../../src/operations/request.ts";
import { amendRequest, resumeRequest } from "../../../../src/operations/requests.ts";
import { MINUTE, pass } from "../../../support/handlers/sweeping.ts";
import { type Guarded, openGuarded } from "../../../support/operations/guarded.ts";
import { accepted, confirm, REQUEST } from "../../../support/operations/recreating.ts";
import { inWords } from "../../../support/operations/words.ts";

/** From now on until it is called, requests on the bus reach nobody. */
function loseRequests({ bus }: Guarded): () => void {
  const put = bus.put.bind(bus);
  let lost = true;
  Object.assign(bus, {
    put: (entry: { DetailType: string }) => (lost && /Requested/.test(entry.DetailType) ? { EventId: "lost" } : put(entry as never)),
  });
  return () => {
    lost = false;
  };
}

describe("the policy's request that nothing begins", () => {
  it("for 40 minutes is told once as late and asked for again, and the deployment is recreated", async () => {
    const lab = await openGuarded({ onDegraded: "recreate", settleMinutes: 2 });
    await lab.play(async () => {
      await lab.ready();
      const find = loseRequests(lab);
      lab.rds.runDdl("orders", "ALTER TABLE");
      await pass(lab, 75 * MINUTE);
      expect(accepted(lab, "DeleteBlueGreenDeployment")).toBe(0);
      expect(lab.thread().filter((title) => title === "The automatic recreation is late")).toHaveLength(1);
      find();
      await lab.until("it is created again", () => lab.thread().some((title) => title.startsWith("Created again")), 240);
    });
    expect([accepted(lab, "DeleteBlueGreenDeployment"), accepted(lab, "CreateBlueGreenDeployment")]).toEqual([1, 2]);
  });
});

describe("the policy's request that nothing has begun, and that it does not want any more,", () => {
  it("ends by itself, and its thread says why", async () => {
    const lab = await openGuarded({ onDegraded: "recreate", settleMinutes: 2 });
    await lab.play(async () => {
      const BlueGreenDeploymentIdentifier = await lab.ready();
      loseRequests(lab);
      lab.rds.runDdl("orders", "ALTER TABLE");
      await pass(lab, 10 * MINUTE);
      await lab.aws.send(new DeleteBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier, DeleteTarget: true }));
      await lab.until(
        "it has ended",
        async () => (await lab.request(policyRequestId(BlueGreenDeploymentIdentifier)))?.outcome !== undefined,
        60,
      );
      const { outcome } = (await lab.request(policyRequestId(BlueGreenDeploymentIdentifier))) ?? {};
      expect(inWords(outcome)).toMatchObject({ result: "refused", text: expect.stringContaining("The deployment is gone.") });
      await lab.until("Slack has it", () => lab.thread().includes("Not recreated"), 10);
    });
  });
});

describe("a person's request", () => {
  it.each<[string, (it: OperationRequest) => OperationRequest, RegExp]>([
    [
      "that reaches no function in time",
      (it) => it,
      /valid until .*, and nothing had begun by then\. Ask again\. The guard has changed nothing\.$/,
    ],
    ["that nobody approves", (it) => ({ ...it, approved: false }), /valid until .*, and nobody had approved it by then\. Ask again\./],
  ])("%s ends by itself, and its thread says so", async (_, change, words) => {
    const lab = await openGuarded();
    await lab.play(async () => {
      await confirm(await lab.ready(), lab.ports);
      await amendRequest(lab.ports.records, REQUEST, change);
      await lab.until("it has ended", async () => (await lab.request(REQUEST))?.outcome !== undefined, 40);
      await pass(lab, MINUTE);
      expect(lab.thread()).toContain("Not recreated");
      expect(inWords((await lab.request(REQUEST))?.outcome)).toMatchObject({ result: "refused", text: expect.stringMatching(words) });
      // Lambda may start it hours later: it is over.
      lab.ask(REQUEST);
      await pass(lab, 10 * MINUTE);
    });
    expect(accepted(lab, "DeleteBlueGreenDeployment")).toBe(0);
  });

  it("whose function starts 31 minutes later ends there and then, and its thread says so", async () => {
    const lab = await openGuarded();
    await lab.clock.work(async () => {
      await confirm(await lab.ready(), lab.ports);
      await pass(lab, 31 * MINUTE);
      lab.ask(REQUEST);
      await lab.until("it has ended", async () => (await lab.request(REQUEST))?.outcome !== undefined, 5);
      await lab.until("Slack has it", () => lab.thread().includes("Not recreated"), 10);
    });
    expect(accepted(lab, "DeleteBlueGreenDeployment")).toBe(0);
  });

  it("to go on that reaches no function in time is told, and can be made again", async () => {
    const lab = await openGuarded();
    await lab.play(async () => {
      await confirm(await lab.ready(), lab.ports);
      const at = new Date(lab.clock.now()).toISOString();
      const outcome = { result: "failed" as const, said: { code: "nothing-changed" as const }, at };
      await amendRequest(lab.ports.records, REQUEST, (it) => ({ ...it, usedBy: "gone", deletionBegunAt: at, deletedAt: at, outcome }));
      const resume = () => resumeRequest(lab.ports.records, REQUEST, { name: "oncall" }, lab.clock.now());
      await resume();
      await lab.until("it has ended", async () => (await lab.request(REQUEST))?.outcome !== undefined, 40);
      expect(inWords((await lab.request(REQUEST))?.outcome)).toMatchObject({
        result: "failed",
        text: expect.stringContaining("nothing had begun"),
      });
      expect(await resume()).toMatchObject({ resumed: [{ by: { name: "oncall" } }, { by: { name: "oncall" } }] });
    });
  });
});
