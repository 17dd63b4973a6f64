import { describe, expect, it, onTestFinished } from "vitest";
import { type OperationRequest, requestKey } from "../../../../src/operations/request.ts";
import { cancelRequest } from "../../../../src/operations/requests.ts";
import { markForced } from "../../../../src/operations/settle.ts";
import { openTestLab } from "../../../support/lab/stage.ts";
import { accepted, REQUEST } from "../../../support/operations/recreating.ts";
import { confirmSwitchover, ready, switchOver, switchoverPortsOf } from "../../../support/operations/switching.ts";
import { wordsOf } from "../../../support/operations/words.ts";
import { type Ports, recreateWith } from "./recreate-with.ts";

const hasNoted = async ({ records }: Pick<Ports, "records">, step: string) =>
  (await records.read<OperationRequest>(requestKey(REQUEST)))?.notes?.some((note) => note.step === step) ?? false;

describe("who stops an operation during its last look before a change is heard:", () => {
  it.each<[string, (ports: Ports) => Promise<unknown>]>([
    ["cancels", ({ records, now }) => cancelRequest(records, REQUEST, { name: "oncall" }, now())],
    ["ends it by force", ({ records, now }) => markForced(REQUEST, { name: "oncall" }, "running", { records, now })],
  ])("nothing is deleted where a person %s", async (_, stop) => {
    const recreated = await recreateWith((ports) => ({
      async databases(of) {
        if (await hasNoted(ports, "started")) await stop(ports);
        return ports.rds.databases(of);
      },
    }));
    expect(recreated).toMatchObject({ outcome: "cancelled", deletes: 0, claimed: false });
    expect(recreated.text).toMatch(/oncall cancelled it at .* The guard has changed nothing\.$/);
  });

  it("RDS is not asked to switch over", async () => {
    const lab = await openTestLab({ lose: () => true });
    onTestFinished(() => lab.close());
    const ports = switchoverPortsOf(lab);
    await confirmSwitchover(await ready(lab), ports);
    let looks = 0;
    const databases: typeof ports.rds.databases = async (of) => {
      // The first look after that is the one that waits for green.
      if ((await hasNoted(ports, "started")) && looks++ === 1)
        await cancelRequest(ports.records, REQUEST, { name: "oncall" }, lab.clock.now());
      return ports.rds.databases(of);
    };
    const { outcome, ...told } = await switchOver(lab, { ...ports, rds: { ...ports.rds, databases } });
    const text = wordsOf(told);
    expect({ outcome, asked: accepted(lab, "SwitchoverBlueGreenDeployment") }).toEqual({ outcome: "cancelled", asked: 0 });
    expect(text).toMatch(/^oncall cancelled it at .* The guard has changed nothing\.$/);
  });
});
