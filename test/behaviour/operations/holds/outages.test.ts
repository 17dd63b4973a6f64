import { describe, expect, it, vi } from "vitest";
import type { TestLab } from "../../../support/lab/stage.ts";
import { answeredWith, type Changed, type Ports, recreateWith } from "./recreate-with.ts";

vi.setConfig({ testTimeout: 120_000 });

const MINUTE = 60_000;

/** RDS, but for what changes anything before, fails for some minutes from the time when `last` was answered. */
function rdsFails(minutes: number, last: "deleteWithGreen" | "create", error: Error) {
  return ({ rds }: Ports, { clock }: TestLab): Changed => {
    let from = Number.NEGATIVE_INFINITY;
    const through =
      (name: string, call: (...args: unknown[]) => Promise<unknown>) =>
      async (...args: unknown[]) => {
        if (clock.now() < from + minutes * MINUTE) throw error;
        const answer = await call(...args);
        if (name === last) from = clock.now();
        return answer;
      };
    return Object.fromEntries(Object.entries(rds).map(([name, call]) => [name, through(name, call as never)]));
  };
}

/** The records fail for some minutes, from shortly after the deletion. */
function recordsFail(minutes: number, error: Error) {
  return ({ rds, records }: Ports, { clock }: TestLab): Changed => {
    let at = Number.POSITIVE_INFINITY;
    const check = () => {
      if (clock.now() >= at && clock.now() < at + minutes * MINUTE) throw error;
    };
    return {
      async deleteWithGreen(id) {
        await rds.deleteWithGreen(id);
        at = clock.now() + 25_000;
      },
      records: {
        async read(key) {
          check();
          return records.read(key);
        },
        async write(item, open) {
          check();
          return records.write(item, open);
        },
      },
    };
  };
}

describe("what passes by itself does not end a recreation between deletion and creation:", () => {
  it.each<[string, number, Error]>([
    ["RDS throttles for 30 minutes", 30, answeredWith("ThrottlingException")],
    ["the credentials have expired for 100 minutes", 100, answeredWith("ExpiredToken", 403)],
    ["RDS's name is not resolved for 110 minutes", 110, Object.assign(new Error("getaddrinfo ENOTFOUND"), { code: "ENOTFOUND" })],
    ["RDS answers 503 for 60 minutes", 60, answeredWith("ServiceUnavailable", 503)],
  ])("%s", async (_, minutes, error) => {
    const recreated = await recreateWith(rdsFails(minutes, "deleteWithGreen", error));
    expect(recreated).toMatchObject({ outcome: "done", deletes: 1, creates: 1 });
    expect(recreated.hours).toBeGreaterThan(minutes / 60);
  });

  it.each([
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "RequestTimeout",
    "ExpiredTokenException",
    "ThrottlingException",
  ])("DynamoDB answers %s for 20 minutes", async (name) => {
    const recreated = await recreateWith(recordsFail(20, answeredWith(name)));
    expect(recreated).toMatchObject({ outcome: "done", deletes: 1, creates: 1 });
  });
});

it("RDS that throttles for an hour after the creation ends nothing", async () => {
  const recreated = await recreateWith(rdsFails(60, "create", answeredWith("Throttling")));
  expect(recreated).toMatchObject({ outcome: "done", deletes: 1, creates: 1 });
});

describe("what RDS has not accepted within 30 minutes of the confirmation", () => {
  it("ends without a change, and says so", async () => {
    const recreated = await recreateWith(() => ({ deleteWithGreen: () => Promise.reject(answeredWith("Throttling")) }));
    expect(recreated).toMatchObject({ outcome: "refused", deletes: 0, creates: 0, claimed: false });
    expect(recreated.text).toMatch(/RDS has not accepted a first change within 30 minutes\. Ask again\. Nothing was changed\.$/);
    expect(recreated.hours).toBeGreaterThanOrEqual(0.5);
    expect(recreated.hours).toBeLessThan(0.6);
  });

  it("is not done later, when RDS is back", async () => {
    const recreated = await recreateWith(({ rds }, { clock }) => {
      const back = clock.now() + 40 * MINUTE;
      const deployment: Ports["rds"]["deployment"] = async (id) => {
        if (clock.now() < back) throw answeredWith("Throttling");
        return rds.deployment(id);
      };
      return { deployment };
    });
    expect(recreated).toMatchObject({ outcome: "refused", deletes: 0, creates: 0 });
  });
});
