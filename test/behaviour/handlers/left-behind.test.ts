import { DeleteBlueGreenDeploymentCommand, SwitchoverBlueGreenDeploymentCommand } from "@aws-sdk/client-rds";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { addCluster, create, MINUTE, sweepFor } from "../../support/handlers/sweeping.ts";
import { openTestLab, readings, type TestLab, wholeText, withoutDetails } from "../../support/lab/stage.ts";

let lab: TestLab;
beforeEach(async () => {
  lab = await openTestLab({ lose: () => true });
});
afterEach(() => lab.close());

const play = <T>(task: () => Promise<T>): Promise<T> => lab.clock.work(task);

async function ready(): Promise<string> {
  addCluster(lab, "orders");
  const id = await create(lab, "orders");
  await sweepFor(lab, 40 * MINUTE);
  return id;
}

const cardText = (): string =>
  wholeText(
    lab,
    withoutDetails(lab).find(({ threadTs }) => threadTs === undefined),
  );
const lastEntry = (): string => readings(lab).at(-1) ?? "";

// Source: RDS User Guide, blue-green-deployments-deleting: without DeleteTarget, the green databases are kept.
describe("a deployment that somebody deletes", () => {
  it("without its green says by name that green still exists and is billed", () =>
    play(async () => {
      const id = await ready();
      await lab.aws.send(new DeleteBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier: id }));
      await sweepFor(lab, 15 * MINUTE);
      const names = /Green was kept: `orders-green-\w{6}`, `orders-1-green-\w{6}` still exist and are billed until you delete them\./;
      expect(cardText()).toMatch(names);
      expect(lastEntry()).toMatch(names);
    }));

  it("together with green has left nothing, and says so", () =>
    play(async () => {
      const id = await ready();
      await lab.aws.send(new DeleteBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier: id, DeleteTarget: true }));
      await sweepFor(lab, 30 * MINUTE);
      expect(cardText()).toContain("Nothing to do. This card will not change any more.");
      expect(cardText() + lastEntry()).not.toContain("billed");
    }));

  it("after its switchover says by name that old blue still exists, and nothing of an old blue that is gone", () =>
    play(async () => {
      const id = await ready();
      await lab.aws.send(new SwitchoverBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier: id }));
      await sweepFor(lab, 15 * MINUTE);
      lab.rds.removeDatabase("orders-1-old1");
      await lab.aws.send(new DeleteBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier: id }));
      await sweepFor(lab, 15 * MINUTE);
      const line = "Old blue `orders-old1` still exists and is billed until you delete it. On Aurora it may accept writes again.";
      expect(cardText()).toContain(`New blue stays production.\n${line}`);
      expect(lastEntry()).toContain(line);
    }));
});
