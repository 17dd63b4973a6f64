import { describe, expect, it } from "vitest";
import { type OperationRequest, requestKey } from "../../../../src/operations/request.ts";
import { cancelRequest } from "../../../../src/operations/requests.ts";
import { REQUEST } from "../../../support/operations/recreating.ts";
import { answeredWith, type Ports, recreateWith } from "./recreate-with.ts";

const isCreating = async ({ records }: Ports) =>
  (await records.read<OperationRequest>(requestKey(REQUEST)))?.notes?.some(({ step }) => step === "creating") ?? false;

describe("nothing is created", () => {
  it("where somebody cancels during the last look before it", async () => {
    const recreated = await recreateWith((ports) => ({
      async deployments() {
        if (await isCreating(ports)) await cancelRequest(ports.records, REQUEST, { name: "oncall" }, ports.now());
        return ports.rds.deployments();
      },
    }));
    expect(recreated).toMatchObject({ outcome: "cancelled", creates: 0 });
    expect(recreated.text).toContain("nothing was created in its place");
  });

  it("on a database that bears blue's name since a person has replaced blue", async () => {
    const recreated = await recreateWith((ports) => ({
      async databases(of) {
        const found = await ports.rds.databases(of);
        if (!(await isCreating(ports))) return found;
        return found.map((it) => (it.arn.endsWith(":orders") ? { ...it, resourceId: "cluster-ANOTHER" } : it));
      },
    }));
    expect(recreated).toMatchObject({ outcome: "failed", creates: 0, claimed: false });
    expect(recreated.text).toMatch(/^orders is another database by now: it was replaced or switched over since\./);
    expect(recreated.text).not.toContain("with green");
  });
});

describe("where the answer to the creation was lost, it is not said that nothing was created,", () => {
  it("but what was, by who cancels while it is looked up", async () => {
    const recreated = await recreateWith((ports) => ({
      async create(input) {
        await ports.rds.create(input);
        await cancelRequest(ports.records, REQUEST, { name: "oncall" }, ports.now());
        throw answeredWith("InternalFailure", 500);
      },
    }));
    expect(recreated).toMatchObject({ outcome: "cancelled", creates: 1, request: { created: expect.stringMatching(/^bgd-/) } });
    expect(recreated.text).toMatch(/^oncall stopped waiting for the new deployment, which RDS goes on building\./);
  });

  it("but that it is not known, where RDS cannot be asked for more than two hours", async () => {
    let lost = false;
    const recreated = await recreateWith(({ rds }) => ({
      async create(input) {
        await rds.create(input);
        lost = true;
        throw answeredWith("InternalFailure", 500);
      },
      async deployments() {
        if (lost) throw answeredWith("Throttling");
        return rds.deployments();
      },
    }));
    expect(recreated).toMatchObject({ outcome: "failed", creates: 1 });
    expect(recreated.text).not.toContain("nothing was created");
    expect(recreated.text).toContain("It is not known whether RDS has begun to create orders-15-0f9a2c41");
  });
});
