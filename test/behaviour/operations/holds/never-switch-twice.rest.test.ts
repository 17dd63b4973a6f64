import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { readBlue } from "../../../../src/operations/claim.ts";
import { type OperationRequest, requestKey } from "../../../../src/operations/request.ts";
import { switchoverEventsOf } from "../../../../src/operations/switchover/events.ts";
import type { SwitchoverPorts } from "../../../../src/operations/switchover/ports.ts";
import { MINUTE } from "../../../support/handlers/sweeping.ts";
import { openTestLab, type TestLab } from "../../../support/lab/stage.ts";
import { accepted, REQUEST } from "../../../support/operations/recreating.ts";
import { confirmSwitchover, ready, switchOver, switchoverPortsOf } from "../../../support/operations/switching.ts";
import { wordsOf } from "../../../support/operations/words.ts";
import { answeredWith } from "./recreate-with.ts";

let lab: TestLab;
let ports: ReturnType<typeof switchoverPortsOf>;
let id: string;
beforeEach(async () => {
  lab = await openTestLab({ lose: () => true });
  onTestFinished(() => lab.close());
  ports = switchoverPortsOf(lab);
  id = await ready(lab);
});

const switched = () => accepted(lab, "SwitchoverBlueGreenDeployment");
const request = () => ports.records.read<OperationRequest>(requestKey(REQUEST));
const claim = async () => (await readBlue((await request())?.blue ?? "", ports.records)).claim;
const portsWith = (rds: Partial<SwitchoverPorts["rds"]>, more: Partial<SwitchoverPorts> = {}): SwitchoverPorts => ({
  ...ports,
  ...more,
  rds: { ...ports.rds, ...rds },
});

/** DescribeEvents lists an event only so many minutes after it. */
function eventsLateBy(minutes: number): Pick<SwitchoverPorts, "switchoverEvents"> & { events: SwitchoverPorts["rds"]["events"] } {
  const events: SwitchoverPorts["rds"]["events"] = async (from, until) =>
    (await ports.rds.events(from, until)).filter(({ Date: at }) => lab.clock.now() - (at?.getTime() ?? 0) > minutes * MINUTE);
  return { events, switchoverEvents: (deployment, from) => switchoverEventsOf(deployment, { events }, from, lab.clock.now()) };
}

describe("RDS accepts at most one switchover of one request, where", () => {
  it.each([["an hour", 60, /^unclear$/]])(
    "the answer was lost, RDS cancels it while the process is away, and DescribeEvents is %s behind",
    async (_, minutes, result) => {
      await confirmSwitchover(id, ports);
      lab.rds.faults.cancelSwitchover("a guardrail");
      const { events, switchoverEvents } = eventsLateBy(minutes);
      let calls = 0;
      const lost: SwitchoverPorts["rds"]["switchOver"] = async (...args) => {
        await ports.rds.switchOver(...args);
        if (calls++ > 0) return;
        await lab.clock.until(lab.clock.now() + MINUTE);
        throw Object.assign(new Error("socket hang up"), { name: "TimeoutError" });
      };
      const { outcome } = await switchOver(lab, portsWith({ switchOver: lost, events }, { switchoverEvents }));
      expect({ switched: switched(), calls, outcome }).toEqual({ switched: 1, calls: 1, outcome: expect.stringMatching(result) });
      if (outcome === "unclear") expect((await claim())?.unclear).toBeDefined();
    },
  );

  // Which other errors leave open whether a call was taken: test/unit/clients/transient.test.ts.
  it("a proxy answers with its page and RDS shows nothing: it is unclear, and a person has to decide", async () => {
    await confirmSwitchover(id, ports);
    let calls = 0;
    const lost: SwitchoverPorts["rds"]["switchOver"] = async () => {
      calls += 1;
      throw answeredWith("UnknownError", 502);
    };
    const { outcome, ...told } = await switchOver(lab, portsWith({ switchOver: lost }));
    const text = wordsOf(told);
    expect({ calls, outcome }).toEqual({ calls: 1, outcome: "unclear" });
    expect(text).toMatch(/unclear\. RDS says AVAILABLE, and lists no event of it\. Look in the RDS console/);
    expect((await claim())?.unclear).toBeDefined();
    expect((await request())?.notes?.map((note) => wordsOf(note)).join()).toContain(
      "It is not known whether RDS has received the request to switch over",
    );
  });
});

describe("an end is told as it is:", () => {
  it("RDS that cannot be asked for an hour after the call is waited for", async () => {
    await confirmSwitchover(id, ports);
    let calledAt = Number.POSITIVE_INFINITY;
    const away = portsWith({
      async switchOver(...args) {
        await ports.rds.switchOver(...args);
        calledAt = lab.clock.now();
      },
      async deployment(asked) {
        if (lab.clock.now() >= calledAt && lab.clock.now() < calledAt + 60 * MINUTE) throw answeredWith("Throttling");
        return ports.rds.deployment(asked);
      },
    });
    expect((await switchOver(lab, away)).outcome).toBe("done");
  });

  it.each(["SWITCHOVER_COMPLETED", "SWITCHOVER_IN_PROGRESS"])(
    "a cancellation that RDS dates after the call is none while it says %s of the deployment, though a member lags",
    async (status) => {
      await confirmSwitchover(id, ports);
      let calledAt = Number.POSITIVE_INFINITY;
      const lags = () => lab.clock.now() >= calledAt && lab.clock.now() < calledAt + 10 * MINUTE;
      const before = await ports.rds.deployment(id);
      const lagging = portsWith(
        {
          async switchOver(...args) {
            await ports.rds.switchOver(...args);
            calledAt = lab.clock.now();
          },
          async deployment(asked) {
            const deployment = await ports.rds.deployment(asked);
            return deployment && before && lags()
              ? { ...deployment, source: before.source, target: before.target, status, members: before.members }
              : deployment;
          },
        },
        {
          async switchoverEvents(deployment, from) {
            const old = {
              signal: "switchover-cancelled",
              at: new Date(calledAt + 1_000).toISOString(),
              text: "Switchover was canceled.",
              reason: "a guardrail",
            };
            return lags() ? [old] : ports.switchoverEvents(deployment, from);
          },
        },
      );
      const { outcome, ...told } = await switchOver(lab, lagging);
      const text = wordsOf(told);
      expect({ outcome, switched: switched() }).toEqual({ outcome: "done", switched: 1 });
      expect(text).not.toContain("Nothing has changed");
    },
  );
});
