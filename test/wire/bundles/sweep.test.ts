import { beforeEach, describe, expect, it } from "vitest";
import { type TestLab, told } from "../../support/lab/stage.ts";
import { openArticleLab } from "./article-lab.ts";
import { invoke, secretsIn } from "./function.ts";

let lab: TestLab;
beforeEach(async () => {
  lab = await openArticleLab();
});

describe("the bundle of the sweep function", () => {
  it("tells of deployments that no event told of, once", async () => {
    const seen = await invoke("sweep", [{}, {}], lab);
    const { exitCode, outcomes, stderr, log, metrics, subsegments } = seen;
    expect([exitCode, stderr, outcomes]).toEqual([0, "", [{}, {}]]);
    const card = ["blue-green · Ready to switch over", "  Ready to switch over"];
    expect(told(lab)).toEqual([...card, ...card]);
    expect(lab.bus.events.map((event) => event["detail-type"])).toEqual(["Deployment Ready", "Deployment Ready"]);
    expect(log.map(({ message, deployment }) => `${message} ${deployment}`).toSorted()).toEqual([
      "Told bgd-cavqrityavom8edj",
      "Told bgd-hy5ntvomddiv89r8",
    ]);
    expect(metrics).toMatchObject([{ FactsTold: [1, 1], OldestUntold: 0 }, { OldestUntold: 0 }]);
    const deployments = subsegments.filter(({ name }) => name === "Deployment").map(({ id }) => id);
    const posts = subsegments.filter(({ name }) => name === "127.0.0.1/slack/api/chat.postMessage");
    expect(posts).toHaveLength(4);
    expect(deployments).toEqual(expect.arrayContaining(posts.map(({ parent_id }) => parent_id)));
    expect(secretsIn(seen)).toEqual([]);
  });
});
