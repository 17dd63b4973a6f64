import { SwitchoverBlueGreenDeploymentCommand } from "@aws-sdk/client-rds";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { readBlue } from "../../../../src/operations/claim.ts";
import { type OperationRequest, requestKey } from "../../../../src/operations/request.ts";
import { switchoverEventsOf } from "../../../../src/operations/switchover/events.ts";
import type { SwitchoverPorts } from "../../../../src/operations/switchover/ports.ts";
import { MINUTE } from "../../../support/handlers/sweeping.ts";
import { openTestLab, type TestLab } from "../../../support/lab/stage.ts";
import { accepted, REQUEST } from "../../../support/operations/recreating.ts";
import { confirmSwitchover, ready, switchOver, switchoverPortsOf } from "../../../support/operations/switching.ts";
import { inWords, wordsOf } from "../../../support/operations/words.ts";
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
  it.each([["5 minutes", 5, /^(cancelled|unclear)$/]])(
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

  it.each([["a time-out", Object.assign(new Error("late"), { name: "TimeoutError" })]])(
    "it answers with %s and shows nothing: it is unclear, and a person has to decide",
    async (_, error) => {
      await confirmSwitchover(id, ports);
      let calls = 0;
      const lost: SwitchoverPorts["rds"]["switchOver"] = async () => {
        calls += 1;
        throw error;
      };
      const { outcome, ...told } = await switchOver(lab, portsWith({ switchOver: lost }));
      const text = wordsOf(told);
      expect({ calls, outcome }).toEqual({ calls: 1, outcome: "unclear" });
      expect(text).toMatch(/unclear\. RDS says AVAILABLE, and lists no event of it\. Look in the RDS console/);
      expect((await claim())?.unclear).toBeDefined();
      expect((await request())?.notes?.map((note) => wordsOf(note)).join()).toContain(
        "It is not known whether RDS has received the request to switch over",
      );
    },
  );
});

describe("RDS is asked again", () => {
  it.each([
    ["throttled this very call", answeredWith("Throttling")],
    ["said that the credentials had expired", answeredWith("ExpiredToken", 403)],
    ["was never reached: its name was not resolved", Object.assign(new Error("getaddrinfo ENOTFOUND"), { code: "ENOTFOUND" })],
  ])("where it %s", async (_, error) => {
    await confirmSwitchover(id, ports);
    let calls = 0;
    const refused: SwitchoverPorts["rds"]["switchOver"] = async (...args) => {
      if (calls++ < 3) throw error;
      await ports.rds.switchOver(...args);
    };
    expect((await switchOver(lab, portsWith({ switchOver: refused }))).outcome).toBe("done");
    expect({ calls, switched: switched() }).toEqual({ calls: 4, switched: 1 });
  });

  it("for 30 minutes after the confirmation, and never first asked later", async () => {
    await confirmSwitchover(id, ports);
    const at: number[] = [];
    const confirmedAt = lab.clock.now();
    const throttled: SwitchoverPorts["rds"]["switchOver"] = async () => {
      at.push(lab.clock.now());
      throw answeredWith("Throttling");
    };
    const { outcome, ...told } = await switchOver(lab, portsWith({ switchOver: throttled }));
    const text = wordsOf(told);
    expect(outcome).toBe("refused");
    expect(text).toMatch(/RDS has not accepted a first change within 30 minutes\. Ask again\. The guard has changed nothing\.$/);
    expect((at.at(-1) ?? 0) - confirmedAt).toBeLessThan(30 * MINUTE);
    expect(await claim()).toBeUndefined();
  });

  it("not where it refused because of a switchover that somebody else began, which has ended since", async () => {
    await confirmSwitchover(id, ports);
    lab.rds.faults.cancelSwitchover("a guardrail");
    let calls = 0;
    const racing: SwitchoverPorts["rds"]["switchOver"] = async (...args) => {
      calls += 1;
      await lab.aws.send(new SwitchoverBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier: id }));
      await ports.rds.switchOver(...args);
    };
    const { outcome, ...told } = await switchOver(lab, portsWith({ switchOver: racing }));
    const text = wordsOf(told);
    expect({ calls, switched: switched(), outcome }).toEqual({ calls: 1, switched: 1, outcome: "refused" });
    expect(text).toMatch(/somebody else began|It is not ready/);
  });
});

describe("an end is told as it is:", () => {
  it("a cancellation of an earlier try is not this attempt's, though its event is dated after the call", async () => {
    await confirmSwitchover(id, ports);
    lab.rds.faults.cancelSwitchover("a guardrail");
    await switchOver(lab, ports);
    const requestId = REQUEST.replace("0f9a", "1a2b");
    await confirmSwitchover(id, ports, { requestId });
    // This clock is four minutes behind RDS's.
    const slow: SwitchoverPorts = {
      ...ports,
      now: () => lab.clock.now() - 4 * MINUTE,
      switchoverEvents: (deployment, from) => switchoverEventsOf(deployment, ports.rds, from - 4 * MINUTE, lab.clock.now()),
    };
    expect((await switchOver(lab, slow, { requestId })).outcome).toBe("done");
  });

  it("a cancellation is found though this clock is four minutes ahead of RDS's", async () => {
    const now = () => lab.clock.now() + 4 * MINUTE;
    const fast: SwitchoverPorts = { ...ports, now, switchoverEvents: (of, from) => switchoverEventsOf(of, ports.rds, from, now()) };
    await confirmSwitchover(id, fast);
    lab.rds.faults.cancelSwitchover("a guardrail");
    expect(inWords(await switchOver(lab, fast))).toMatchObject({ outcome: "cancelled", text: expect.stringContaining("a guardrail") });
  });

  it("a status that lags while RDS switches over is waited for", async () => {
    await confirmSwitchover(id, ports);
    let calledAt = Number.POSITIVE_INFINITY;
    const before = await ports.rds.deployment(id);
    const lagging = portsWith({
      async switchOver(...args) {
        await ports.rds.switchOver(...args);
        calledAt = lab.clock.now();
      },
      deployment: async (asked) => (lab.clock.now() - calledAt < 30_000 ? before : ports.rds.deployment(asked)),
    });
    expect((await switchOver(lab, lagging)).outcome).toBe("done");
  });
});
