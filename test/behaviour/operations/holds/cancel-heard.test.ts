import { describe, expect, it, onTestFinished } from "vitest";
import { leavesOf } from "../../../../src/operations/read/under-way.ts";
import { type OperationRequest, requestKey } from "../../../../src/operations/request.ts";
import { cancelRequest } from "../../../../src/operations/requests.ts";
import { openTestLab, type TestLab } from "../../../support/lab/stage.ts";
import { accepted, REQUEST } from "../../../support/operations/recreating.ts";
import { confirmSwitchover, ready, switchOver, switchoverPortsOf } from "../../../support/operations/switching.ts";
import { answeredWith, type Ports, recreateWith } from "./recreate-with.ts";

const HOUR = 3_600_000;

/** Somebody cancels after so many hours; answers, once it has ended, how many minutes later it ended. */
function cancelAfter(hours: number) {
  const times = { cancelled: 0 };
  return {
    times,
    async during(lab: TestLab, { records }: Ports) {
      await lab.clock.until(lab.clock.now() + hours * HOUR);
      times.cancelled = lab.clock.now();
      await cancelRequest(records, REQUEST, { name: "oncall" }, lab.clock.now());
    },
  };
}

const minutesAfter = (at: number, request?: OperationRequest): number => (Date.parse(request?.outcome?.at ?? "") - at) / 60_000;

describe("cancel is heard within five minutes", () => {
  it("in the wait for a deletion that hangs, and lets go of the database", async () => {
    const { times, during } = cancelAfter(2);
    const recreated = await recreateWith(({ rds }, _lab, id) => {
      let deployment: Awaited<ReturnType<typeof rds.deployment>>;
      return {
        async deleteWithGreen(asked) {
          deployment = await rds.deployment(id);
          await rds.deleteWithGreen(asked);
        },
        deployment: async (asked) => (asked === id && deployment ? { ...deployment, status: "DELETING" } : rds.deployment(asked)),
      };
    }, during);
    expect(recreated).toMatchObject({ outcome: "cancelled", claimed: false, creates: 0 });
    expect(recreated.text).toMatch(/^oncall stopped waiting for the deletion, which RDS goes on with\..*nothing was created in its place/);
    expect(minutesAfter(times.cancelled, recreated.request)).toBeLessThanOrEqual(5.1);
    expect(leavesOf(recreated.request as OperationRequest)).toBe("no-green");
  });

  it("in the wait for green before a switchover, while RDS cannot be asked", async () => {
    const lab = await openTestLab({ lose: () => true });
    onTestFinished(() => lab.close());
    lab.rds.hasten(30);
    const ports = switchoverPortsOf(lab);
    const id = await ready(lab);
    await confirmSwitchover(id, ports);
    const [deployment] = await ports.rds.deployments();
    lab.rds.change(deployment?.target?.split(":").at(-1) ?? "", { status: "storage-optimization" });
    let cancelledAt = 0;
    const away: typeof ports.rds.deployment = async (asked) => {
      const request = await ports.records.read<OperationRequest>(requestKey(REQUEST));
      if (request?.notes?.some(({ step }) => step === "started")) throw answeredWith("Throttling");
      return ports.rds.deployment(asked);
    };
    const onBegun = () => {
      void lab.clock.work(async () => {
        await lab.clock.until(lab.clock.now() + 5 * 60_000);
        cancelledAt = lab.clock.now();
        await cancelRequest(ports.records, REQUEST, { name: "oncall" }, lab.clock.now());
      });
    };
    const { outcome } = await switchOver(lab, { ...ports, rds: { ...ports.rds, deployment: away } }, { onBegun });
    expect({ outcome, asked: accepted(lab, "SwitchoverBlueGreenDeployment") }).toEqual({ outcome: "cancelled", asked: 0 });
    const request = await ports.records.read<OperationRequest>(requestKey(REQUEST));
    expect(minutesAfter(cancelledAt, request)).toBeLessThanOrEqual(1);
  });
});
