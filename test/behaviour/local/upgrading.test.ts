import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { NAME, QUEUE } from "../../../lab/names.ts";
import { SIGNING_SECRET, TOKEN } from "../../../lab/secrets.ts";
import { OPERATORS } from "../../../lab/slack/people.ts";
import { buttonsOf } from "../../../lab/slack/sending.ts";
import { messageText } from "../../../lab/slack/text.ts";
import { type LocalGuard, openLocalGuard } from "../../../local/guard.ts";
import { deadLettersName, queueUrl } from "../../../local/queue/names.ts";
import { recordsInMemory } from "../../../local/records-memory.ts";
import type { Records } from "../../../src/clients/records.ts";
import { pressForm, pressOnFile } from "../../support/conversation/payloads.ts";
import { idle } from "../../support/conversation/slack-lab.ts";
import { addCluster, create, MINUTE, pass, sweepFor } from "../../support/handlers/sweeping.ts";
import { openTestLab, type TestLab, told, withoutDetails } from "../../support/lab/stage.ts";

// What docs/upgrading.md and docs/removing.md promise.

/** A guard that comes after the lab's own, on the same AWS and Slack, with the records that it finds. */
async function nextGuard(lab: TestLab, records: Records): Promise<LocalGuard> {
  const folder = await mkdtemp(join(tmpdir(), "bluegreen-guard-next-"));
  const guard = await openLocalGuard({
    endpoint: lab.url,
    region: "ap-northeast-1",
    table: NAME,
    records,
    queueUrls: { queue: queueUrl(lab.url, QUEUE), deadLetters: queueUrl(lab.url, deadLettersName(QUEUE)) },
    bus: NAME,
    slack: { token: TOKEN, channel: "C0BLUEGREEN", apiUrl: `${lab.url}/slack/api/` },
    commands: { signingSecret: SIGNING_SECRET, answer: "none" },
    time: lab.clock,
    folder,
    speed: 1,
    log: { info() {}, error() {} },
    policy: { operators: [...OPERATORS], onDegraded: "recreate", settleMinutes: 0 },
  });
  onTestFinished(async () => {
    await guard.close();
    await rm(folder, { recursive: true, force: true });
  });
  return guard;
}

/** A lab in which a guard has told of a ready deployment, and is then gone; with the records that it leaves. */
async function left() {
  const records = recordsInMemory();
  const lab = await openTestLab({ records, lose: () => true });
  onTestFinished(() => lab.close());
  await lab.clock.work(async () => {
    addCluster(lab, "orders");
    await create(lab, "orders");
    await sweepFor(lab, 60 * MINUTE);
  });
  return { lab, records, before: told(lab) };
}

const cards = (lab: TestLab) => withoutDetails(lab).filter(({ threadTs, deleted }) => threadTs === undefined && !deleted);
const changes = (lab: TestLab) => lab.rds.calls.filter(({ action }) => /^(Create|Delete|Modify|Switchover)/.test(action)).length;

describe("an upgraded guard, with the records of the one before,", () => {
  it("goes on in the cards that stand, tells what happened meanwhile, and repeats nothing", async () => {
    const { lab, records, before } = await left();
    await lab.clock.work(async () => {
      lab.rds.runDdl("orders", "ALTER TABLE t ADD c int");
      await pass(lab, 10 * MINUTE);
    });
    const guard = await nextGuard(lab, records);
    await lab.clock.work(() => guard.sweep());
    expect(cards(lab).map(({ ts }) => ts)).toEqual([cards(lab)[0]?.ts]);
    expect(told(lab)[0]).toBe("orders-15 · Degraded: cannot be switched over");
    expect(told(lab).slice(1, before.length)).toEqual(before.slice(1));
    const since = told(lab).slice(before.length);
    expect(since).toContain("  Replication is degraded");
    expect(since.filter((line) => before.includes(line))).toEqual([]);
    const count = withoutDetails(lab).length;
    await lab.clock.work(() => guard.sweep());
    expect(withoutDetails(lab)).toHaveLength(count);
  });
});

describe("a guard that was taken away and is put back, with an empty table,", () => {
  it("has one new card for each deployment that exists, and changes nothing by itself", async () => {
    const { lab } = await left();
    const done = changes(lab);
    const guard = await nextGuard(lab, recordsInMemory());
    for (let sweeps = 0; sweeps < 3; sweeps += 1) {
      await lab.clock.work(async () => {
        await guard.sweep();
        await pass(lab, 5 * MINUTE);
      });
    }
    expect(cards(lab).map((card) => messageText(card).split("\n")[0])).toEqual(Array(2).fill("orders-15 · Ready to switch over"));
    expect(changes(lab)).toBe(done);
  });

  it("does nothing by a button of an old card, and says why", async () => {
    const { lab } = await left();
    const [old] = cards(lab);
    const button = old && buttonsOf(old).find(({ action_id }) => action_id === "switchover");
    const guard = await nextGuard(lab, recordsInMemory());
    await lab.clock.work(() => guard.sweep());
    const ts = old?.ts ?? "";
    const payload = {
      team: { id: "T0LAB", domain: "lab" },
      user: { id: "U0ONCALL", username: "oncall", team_id: "T0LAB" },
      container: { type: "message", message_ts: ts, channel_id: "C0BLUEGREEN" },
      channel: { id: "C0BLUEGREEN", name: "blue-green" },
      response_url: lab.slack.sending.address({ user: "U0ONCALL", channel: "C0BLUEGREEN", original: ts }),
      actions: [{ ...button, block_id: "b", action_ts: ts }],
    };
    await guard.answer({ body: pressForm(pressOnFile("a press", payload)) });
    await idle(lab);
    expect(lab.slack.ephemeral.map(messageText)).toEqual([expect.stringContaining("an outdated message, so nothing was done")]);
  });
});
