import { describe, expect, it } from "vitest";
import type { OperationRequest } from "../../../../src/operations/request.ts";
import { cancelRequest } from "../../../../src/operations/requests.ts";
import type { TestLab } from "../../../support/lab/stage.ts";
import { REQUEST } from "../../../support/operations/recreating.ts";
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
  it.each([
    ["half a day into a creation that never ends", 12, {}],
    ["an hour into one of which no event is heard", 1, { isUnwatched: true }],
  ])("%s", async (_, hours, ports) => {
    const { times, during } = cancelAfter(hours);
    const recreated = await recreateWith((_ports, lab) => {
      lab.rds.faults.stickCreation();
      return ports;
    }, during);
    expect(recreated).toMatchObject({ outcome: "cancelled", claimed: false, creates: 1 });
    expect(minutesAfter(times.cancelled, recreated.request)).toBeLessThanOrEqual(5.1);
  });

  it("while RDS refuses to create it, in a backup of blue for example", async () => {
    const { times, during } = cancelAfter(1);
    const recreated = await recreateWith(() => ({ create: () => Promise.reject(answeredWith("InvalidDBClusterStateFault")) }), during);
    expect(recreated).toMatchObject({ outcome: "cancelled", claimed: false, creates: 0 });
    expect(minutesAfter(times.cancelled, recreated.request)).toBeLessThanOrEqual(5.1);
  });

  it("while RDS cannot be asked at all, after the deletion", async () => {
    const { times, during } = cancelAfter(1);
    const recreated = await recreateWith(({ rds }) => {
      let away = false;
      const gone = () => Promise.reject(answeredWith("ServiceUnavailable", 503));
      return {
        async deleteWithGreen(asked) {
          await rds.deleteWithGreen(asked);
          away = true;
        },
        deployment: (asked) => (away ? gone() : rds.deployment(asked)),
      };
    }, during);
    expect(recreated).toMatchObject({ outcome: "cancelled", claimed: false, creates: 0 });
    expect(minutesAfter(times.cancelled, recreated.request)).toBeLessThanOrEqual(5.1);
  });
});
