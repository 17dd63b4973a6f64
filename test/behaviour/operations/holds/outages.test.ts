import { describe, expect, it } from "vitest";
import { MINUTE, rdsFails, recordsFail } from "./outage.ts";
import { answeredWith, type Ports, recreateWith } from "./recreate-with.ts";

describe("what passes by itself does not end a recreation between deletion and creation:", () => {
  it.each<[string, number, Error]>([["RDS throttles for 30 minutes", 30, answeredWith("ThrottlingException")]])(
    "%s",
    async (_, minutes, error) => {
      const recreated = await recreateWith(rdsFails(minutes, "deleteWithGreen", error));
      expect(recreated).toMatchObject({ outcome: "done", deletes: 1, creates: 1 });
      expect(recreated.hours).toBeGreaterThan(minutes / 60);
    },
  );

  it.each(["ProvisionedThroughputExceededException", "RequestTimeout"])("DynamoDB answers %s for 20 minutes", async (name) => {
    const recreated = await recreateWith(recordsFail(20, answeredWith(name)));
    expect(recreated).toMatchObject({ outcome: "done", deletes: 1, creates: 1 });
  });
});

describe("what RDS has not accepted within 30 minutes of the confirmation", () => {
  it("ends without a change, and says so", async () => {
    const recreated = await recreateWith(() => ({ deleteWithGreen: () => Promise.reject(answeredWith("Throttling")) }));
    expect(recreated).toMatchObject({ outcome: "refused", deletes: 0, creates: 0, claimed: false });
    expect(recreated.text).toMatch(/RDS has not accepted a first change within 30 minutes\. Ask again\. The guard has changed nothing\.$/);
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
