import { beforeAll, beforeEach, expect, it } from "vitest";
import type { LabEnvelope } from "../../../../lab/rds/rds.ts";
import type { Item, Records } from "../../../../src/clients/records.ts";
import { SlackError } from "../../../../src/clients/slack/failure.ts";
import { textOf } from "../../../support/simulation/ports.ts";
import { type Recording, record } from "../recording.ts";
import type { Scene } from "./scene.ts";
import { refuse, severalReady } from "./several.ts";

let recording: Recording;
let scene: Scene;
let ddl: LabEnvelope[];
beforeAll(async () => {
  recording = await record("degraded");
});
beforeEach(async () => {
  ({ scene, ddl } = await severalReady(recording, 2));
});

const alerts = () => scene.messages(/Replication is degraded/);
const down = new SlackError("later", "Slack answered chat.postMessage with HTTP 503.", undefined);

/** The table refuses the writes of `key` as `name` for so many seconds. */
function failing(key: string, name: string, seconds: number): void {
  const records = scene.outside.records();
  const end = scene.outside.now + seconds * 1_000;
  const write: Records["write"] = async <T extends Item>(item: T, ...more: [{ rank: string }?]) => {
    if (item.key !== key || scene.outside.now >= end) return records.write(item, ...more);
    throw Object.assign(new Error("DynamoDB refused it."), { name, $metadata: { httpStatusCode: 400 } });
  };
  scene.outside.records = () => ({ ...records, write });
}

it("an event whose listing fails comes back as soon as one of which anything else fails", async () => {
  const rds = scene.outside.rds();
  const start = scene.outside.now;
  let refused = 0;
  scene.outside.rds = () => ({
    ...rds,
    async deployments() {
      if (refused++ === 0) throw new Error("RDS answered with an internal error.");
      return rds.deployments();
    },
  });
  await scene.play([[0, () => scene.watch(ddl.slice(0, 1))]]);
  expect(refused).toBe(2);
  expect(alerts()).toHaveLength(1);
  expect(((alerts()[0]?.postedAt ?? 0) - start) / 1_000).toBeLessThan(60);
});

it("what Slack refuses of one deployment takes no message out of the queue that another one's record does not hold", async () => {
  failing("deployment#bgd-0000000000000002", "ProvisionedThroughputExceededException", 20);
  let refused = 0;
  refuse(scene, () => (refused++ === 0 ? down : undefined));
  await scene.play([[0, () => scene.watch(ddl)]]);
  expect(alerts().map((it) => textOf(it).slice(0, 6))).toEqual(expect.arrayContaining(["name-1", "name-2"]));
});

it("that a record cannot be kept is told once Slack takes it, and the event once the record can be kept", async () => {
  failing("deployment#bgd-0000000000000001", "ValidationException", 400);
  let refused = 0;
  refuse(scene, (text) => (text.includes("cannot save") && refused++ === 0 ? down : undefined));
  const start = scene.outside.now;
  await scene.play([[0, () => scene.watch(ddl.slice(0, 1))]]);
  const said = scene.messages(/cannot save what it knows of name-1/);
  expect(said).toHaveLength(1);
  expect(((said[0]?.postedAt ?? 0) - start) / 1_000).toBeLessThan(120);
  expect(alerts()).toHaveLength(1);
});

it("that a record cannot be kept is told also where the policy needs it first", async () => {
  scene.settings = { operations: true, onDegraded: "recreate" };
  failing("deployment#bgd-0000000000000001", "ValidationException", 20);
  await scene.play([[0, () => scene.watch(ddl.slice(0, 1))]]);
  expect(scene.messages(/cannot save what it knows of name-1/)).toHaveLength(1);
  expect(alerts()).toHaveLength(1);
});

it("a busy channel is emptied though the queue takes no message by which another run would be woken", async () => {
  await scene.busy(5);
  const start = scene.outside.now;
  const away = new Error("SQS does not answer.");
  await scene.play([[0, () => scene.watch(ddl.slice(0, 1), { call: /^queue\.wake/, when: "before", does: { throws: away } })]]);
  expect(alerts()).toHaveLength(1);
  expect(((alerts()[0]?.postedAt ?? 0) - start) / 1_000).toBeLessThan(15);
});

it("a card that Slack does not take while it takes the entry is brought up to date once Slack takes it", async () => {
  let refused = 0;
  refuse(scene, (_, call) => (call === "update" && refused++ === 0 ? down : undefined));
  await scene.play([[0, () => scene.watch(ddl.slice(0, 1))]]);
  expect(alerts().filter(({ thread }) => thread !== undefined)).toHaveLength(1);
  expect(scene.messages(/Degraded: cannot be switched over/).filter(({ thread }) => thread === undefined)).toHaveLength(1);
});
