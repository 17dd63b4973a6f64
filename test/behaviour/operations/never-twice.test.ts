import { beforeEach, describe, expect, it } from "vitest";
import { type OperationRequest, requestKey } from "../../../src/operations/request.ts";
import { amendRequest, cancelRequest } from "../../../src/operations/requests.ts";
import { MINUTE, pass } from "../../support/handlers/sweeping.ts";
import { type Guarded, openGuarded } from "../../support/operations/guarded.ts";
import { accepted, confirm, REQUEST } from "../../support/operations/recreating.ts";
import { wordsOf } from "../../support/operations/words.ts";

const OTHER = "1c44e07b-52a9-4d0e-8f3a-9b7d6c5e4f21";

let lab: Guarded;
beforeEach(async () => {
  lab = await openGuarded();
});

const counts = () => [accepted(lab, "DeleteBlueGreenDeployment"), accepted(lab, "CreateBlueGreenDeployment")];
const amend = (change: (it: OperationRequest) => OperationRequest) => amendRequest(lab.ports.records, REQUEST, change);

describe("nothing is done on an event's word alone:", () => {
  it("a request that nobody has written changes nothing, whatever the event says of it", async () => {
    await lab.play(async () => {
      const id = await lab.ready();
      lab.ask(OTHER);
      const detail = { requestId: OTHER, operation: "recreate", deploymentId: id, approved: true, blue: "orders" };
      lab.bus.put({ Source: "bluegreen-guard", DetailType: "Recreate Requested", Detail: JSON.stringify(detail) });
      await pass(lab, 30 * MINUTE);
      expect(await lab.ports.records.read(requestKey(OTHER))).toBeUndefined();
    });
    expect(counts()).toEqual([0, 1]);
  });

  it.each<[string, () => Promise<unknown>, RegExp]>([
    ["was not approved", () => amend((it) => ({ ...it, approved: false })), /nobody had approved it by then/],
    [
      "was cancelled before it had begun",
      () => cancelRequest(lab.ports.records, REQUEST, { name: "oncall" }, lab.clock.now()),
      /before it had begun/,
    ],
    ["has expired", () => pass(lab, 31 * MINUTE), /nothing had begun by then/],
    [
      "has ended",
      () => amend((it) => ({ ...it, outcome: { result: "refused", said: { code: "nothing-changed" }, at: it.requestedAt } })),
      /^The guard has changed nothing\.$/,
    ],
    ["was confirmed for another state: green is protected by now", protectGreen, /has changed since the plan was confirmed/],
    ["was confirmed for another state: the version of green is another one", upgradeGreen, /has changed since the plan was confirmed/],
    ["was confirmed for a deployment that is gone by now", deleteByHand, /RDS does not list the deployment/],
  ])("a request that %s changes nothing", async (_case, meanwhile, outcome) => {
    await lab.play(async () => {
      await confirm(await lab.ready(), lab.ports);
      await meanwhile();
      const before = counts();
      lab.ask(REQUEST);
      await pass(lab, 40 * MINUTE);
      const request = await lab.request(REQUEST);
      expect(wordsOf(request?.outcome)).toMatch(outcome);
      expect((await lab.blue(request))?.claim).toBeUndefined();
      expect(counts()).toEqual(before);
    });
  });
});

async function nameOfGreen(): Promise<string> {
  const [deployment] = await lab.ports.rds.deployments();
  return deployment?.target?.split(":").at(-1) ?? "";
}

const protectGreen = async () => lab.rds.change(await nameOfGreen(), { deletionProtection: true });
const upgradeGreen = async () => lab.rds.change(await nameOfGreen(), { engineVersion: "15.4" });

async function deleteByHand(): Promise<void> {
  const [deployment] = await lab.ports.rds.deployments();
  await lab.ports.rds.deleteWithGreen(deployment?.id ?? "");
  await lab.until("it is deleted", async () => (await lab.ports.rds.deployments()).length === 0);
}

describe("one at a time:", () => {
  it("of two requests for one database at the same time one is done, and the other says who is at work", async () => {
    await lab.play(async () => {
      const id = await lab.ready();
      await confirm(id, lab.ports);
      await confirm(id, lab.ports, OTHER);
      lab.ask(REQUEST);
      lab.ask(OTHER);
      const requests = [await lab.ended(REQUEST), await lab.ended(OTHER)];
      expect(requests.map(({ outcome }) => outcome?.result).sort()).toEqual(["done", "refused"]);
      const refused = requests.find(({ outcome }) => outcome?.result === "refused");
      expect(wordsOf(refused?.outcome)).toContain("A recreation of this database is under way since ");
    });
    expect(counts()).toEqual([1, 2]);
  });

  it("a request that is started three times at once, again while it runs and again after it ended is done once", async () => {
    await lab.play(async () => {
      await confirm(await lab.ready(), lab.ports);
      for (let count = 0; count < 3; count += 1) lab.ask(REQUEST);
      await lab.until("it is deleting", () => accepted(lab, "DeleteBlueGreenDeployment") === 1);
      lab.ask(REQUEST);
      const { outcome, usedBy } = await lab.ended(REQUEST);
      expect(outcome?.result).toBe("done");
      lab.ask(REQUEST);
      await pass(lab, 30 * MINUTE);
      expect(await lab.request(REQUEST)).toMatchObject({ outcome, usedBy });
      const steps = lab.logged.filter(({ message }) => message === "Operation").map(({ details }) => details["step"]);
      expect(steps).toEqual(["started", "deleting", "creating", "building", "done"]);
    });
    expect(counts()).toEqual([1, 2]);
  });

  it("two databases are recreated at the same time", async () => {
    await lab.play(async () => {
      await confirm(await lab.ready(), lab.ports);
      await confirm(await lab.ready({ cluster: "billing" }), lab.ports, OTHER);
      lab.ask(REQUEST);
      lab.ask(OTHER);
      expect([await lab.ended(REQUEST), await lab.ended(OTHER)].map(({ outcome }) => outcome?.result)).toEqual(["done", "done"]);
    });
    expect(counts()).toEqual([2, 4]);
  });
});
