import { describe, expect, it } from "vitest";
import type { Deployment } from "../../../../src/deployments/deployment.ts";
import { recreateWith } from "./recreate-with.ts";

describe("one old answer of RDS does not end a recreation:", () => {
  // hashicorp/terraform-provider-aws#36241 reports that this call's answers lag.
  it("a new deployment that is not listed for 20 s after its creation is waited for", async () => {
    let [at, newId] = [Number.POSITIVE_INFINITY, ""];
    const recreated = await recreateWith((ports, lab) => ({
      async create(input) {
        newId = await ports.rds.create(input);
        at = lab.clock.now();
        return newId;
      },
      deployment: async (id) => (id === newId && lab.clock.now() - at < 20_000 ? undefined : ports.rds.deployment(id)),
    }));
    expect(recreated).toMatchObject({ outcome: "done", creates: 1 });
  });

  it("a new deployment that is missing now and then is waited for", async () => {
    let [looks, newId] = [0, ""];
    const recreated = await recreateWith((ports) => ({
      create: async (input) => (newId = await ports.rds.create(input)),
      deployment: async (id) => (id === newId && looks++ % 3 === 0 ? undefined : ports.rds.deployment(id)),
    }));
    expect(recreated).toMatchObject({ outcome: "done", creates: 1 });
  });

  it("the deleted deployment that is listed once more is not one that was created on this database meanwhile", async () => {
    let last: Deployment | undefined;
    let times = 0;
    const recreated = await recreateWith((ports, _lab, id) => ({
      async deployment(asked) {
        const deployment = await ports.rds.deployment(asked);
        if (asked === id && deployment) last = deployment;
        return deployment;
      },
      async deployments() {
        const all = await ports.rds.deployments();
        return last && !all.some((it) => it.id === id) && times++ === 0 ? [...all, { ...last, status: "AVAILABLE" }] : all;
      },
    }));
    expect(recreated).toMatchObject({ outcome: "done", creates: 1 });
  });

  it("the deployment that is missing right before its deletion is looked for again, and deleted", async () => {
    let deleted = false;
    let missed = 0;
    const recreated = await recreateWith((ports, _lab, id) => ({
      async deleteWithGreen(asked) {
        deleted = true;
        await ports.rds.deleteWithGreen(asked);
      },
      deployment: async (asked) => (asked === id && !deleted && missed++ < 4 ? undefined : ports.rds.deployment(asked)),
    }));
    expect(recreated).toMatchObject({ outcome: "done", deletes: 1, creates: 1 });
    expect(missed).toBeGreaterThan(4);
  });

  it("a deployment that is not listed for one look while it is deleted is not gone", async () => {
    let [gone, present] = [0, 0];
    let deleting = false;
    const recreated = await recreateWith((ports, _lab, id) => ({
      async deleteWithGreen(asked) {
        await ports.rds.deleteWithGreen(asked);
        deleting = true;
      },
      async deployment(asked) {
        const deployment = await ports.rds.deployment(asked);
        if (asked !== id || !deleting) return deployment;
        if (deployment && gone++ === 0) return undefined;
        if (deployment) present += 1;
        return deployment;
      },
      databases: async (of) => (deleting && present === 0 && of.some((it) => it.id === id) ? [] : ports.rds.databases(of)),
    }));
    expect(recreated).toMatchObject({ outcome: "done", creates: 1 });
    expect(present).toBeGreaterThan(0);
  });
});

it("green is not called ready while RDS describes none of its databases", async () => {
  let [newId, until] = ["", 0];
  const recreated = await recreateWith((ports, lab) => ({
    async create(input) {
      newId = await ports.rds.create(input);
      until = lab.clock.now() + 20 * 60_000;
      return newId;
    },
    databases: async (of) => (of.some((it) => it.id === newId) && lab.clock.now() < until ? [] : ports.rds.databases(of)),
  }));
  expect(recreated.outcome).toBe("done");
  expect(Date.parse(recreated.request?.outcome?.at ?? "")).toBeGreaterThanOrEqual(until);
});

it("an answer of CreateBlueGreenDeployment without an id is looked up by name", async () => {
  const recreated = await recreateWith((ports) => ({
    async create(input) {
      await ports.rds.create(input);
      return "";
    },
  }));
  expect(recreated).toMatchObject({ outcome: "done", creates: 1, request: { created: expect.stringMatching(/^bgd-/) } });
});
