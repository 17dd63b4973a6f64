import { DeleteBlueGreenDeploymentCommand, SwitchoverBlueGreenDeploymentCommand } from "@aws-sdk/client-rds";
import { describe, expect, it } from "vitest";
import { isHalfDone } from "../../../../src/operations/request.ts";
import { answeredWith, recreateWith } from "./recreate-with.ts";

describe("a deletion that RDS refuses", () => {
  it("because a person has begun a switchover is not tried again when that switchover is rolled back", async () => {
    let once = false;
    const recreated = await recreateWith(({ rds }, lab, id) => ({
      async deleteWithGreen(asked) {
        const begin = new SwitchoverBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier: id, SwitchoverTimeout: 300 });
        if (!once) await lab.aws.send(begin);
        once = true;
        await rds.deleteWithGreen(asked);
      },
    }));
    expect(recreated).toMatchObject({ outcome: "failed", deletes: 0, claimed: false });
    expect(recreated.text).toMatch(/^RDS refused the deletion: .* The guard does not try again\. For a new plan: /);
  });

  it("is asked once, and cannot be gone on with under the old plan", async () => {
    let calls = 0;
    const recreated = await recreateWith(() => ({
      async deleteWithGreen() {
        calls += 1;
        throw answeredWith("InvalidBlueGreenDeploymentStateFault");
      },
    }));
    expect({ calls, outcome: recreated.outcome }).toEqual({ calls: 1, outcome: "failed" });
    expect(recreated.request && isHalfDone(recreated.request)).toBe(false);
  });

  it("after RDS took an earlier call whose answer was lost goes on with what that one did", async () => {
    let calls = 0;
    const stale = Array.from({ length: 3 }, () => "AVAILABLE");
    const recreated = await recreateWith(({ rds }, _lab, id) => ({
      async deleteWithGreen(asked) {
        calls += 1;
        await rds.deleteWithGreen(asked);
        throw new Error("socket hang up");
      },
      // Status lags: the deployment still reads AVAILABLE when it is asked for again.
      async deployment(asked) {
        const deployment = await rds.deployment(asked);
        const status = asked === id && calls > 0 ? stale.pop() : undefined;
        return deployment && status ? { ...deployment, status } : deployment;
      },
    }));
    expect(recreated).toMatchObject({ outcome: "done", deletes: 1, creates: 1 });
    expect(calls).toBeLessThanOrEqual(2);
  });
});

it("green that a person keeps, by deleting the deployment without it, ends the wait, and is named", async () => {
  const recreated = await recreateWith(({ rds }, lab, id) => ({
    async deleteWithGreen(asked) {
      await lab.aws.send(new DeleteBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier: id }));
      // The guard's own call is lost on the way, and then RDS does not know the deployment any more.
      throw Object.assign(new Error(`lost: ${asked}, ${rds}`), { name: "TimeoutError" });
    },
  }));
  expect(recreated).toMatchObject({ outcome: "failed", deletes: 1, creates: 0, claimed: false });
  expect(recreated.text).toMatch(
    /^The deployment is gone, and green still exists: .*orders-green-\w{6}.* nothing was created in its place/,
  );
  expect(recreated.text).not.toContain("deleted with green");
  expect(recreated.hours).toBeLessThan(1);
});

describe("the new deployment that a person", () => {
  it("switches over in the console before the guard sees it ready is done, and said", async () => {
    const recreated = await recreateWith(({ rds }, lab) => {
      let newId = "";
      let asked = false;
      return {
        create: async (input) => (newId = await rds.create(input)),
        async deployment(id) {
          const deployment = await rds.deployment(id);
          if (id === newId && deployment?.status === "AVAILABLE" && !asked) {
            const ready = (await rds.databases([deployment])).every(({ status }) => status === "available");
            if (ready) {
              asked = true;
              await lab.aws.send(new SwitchoverBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier: newId }));
            }
          }
          return id === newId && asked ? rds.deployment(id) : deployment;
        },
      };
    });
    expect(recreated).toMatchObject({ outcome: "done", creates: 1, claimed: false });
    expect(recreated.text).toMatch(/green was ready\. Somebody (is switching it over already|has switched it over since)\.$/);
  });

  it("deletes while it is built ends it, and is said", async () => {
    const recreated = await recreateWith(
      () => ({}),
      async (lab, ports, id) => {
        const found = async () => (await ports.rds.deployments()).find((it) => it.id !== id);
        for (let minute = 0; minute < 600 && !(await found()); minute += 1) await lab.clock.until(lab.clock.now() + 10_000);
        await lab.aws.send(
          new DeleteBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier: (await found())?.id, DeleteTarget: true }),
        );
      },
    );
    expect(recreated).toMatchObject({ outcome: "failed", claimed: false });
    expect(recreated.text).toMatch(/^The new deployment is (being deleted|gone): somebody has/);
    expect(recreated.hours).toBeLessThan(6);
  });
});
