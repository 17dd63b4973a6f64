import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Operated, withOperated } from "../../../local/cli/watch/operated.ts";
import { lockFolder } from "../../../local/engine/folder-lock.ts";
import { openRecordsFolder } from "../../../local/records-folder.ts";
import { recordsInMemory } from "../../../local/records-memory.ts";
import type { Records } from "../../../src/clients/records.ts";
import { withReport } from "../../../src/facts/facts.ts";
import { type DeploymentRecord, deploymentKey } from "../../../src/facts/record.ts";
import { amendRecord } from "../../../src/operations/amend-record.ts";
import { OPERATION_MEANINGS } from "../../../src/operations/signals.ts";
import { first } from "../../support/deployments/upgrade.ts";

const deployment = first();
const KEY = deploymentKey(deployment.id);
const SINCE = "2024-02-05T09:00:00.000Z";

let state: string;
let own: Records;
let theirs: Records;
beforeEach(async () => {
  state = await mkdtemp(join(tmpdir(), "bluegreen-guard-operated-"));
  own = recordsInMemory();
  theirs = await openRecordsFolder(join(state, "records"));
});
afterEach(() => rm(state, { recursive: true }));

const operated = (listed = [deployment]): Operated => withOperated(state, own, "C0BLUEGREEN", async () => listed);
const read = () => own.read<DeploymentRecord>(KEY);

/** A terminal's operation writes down that it has reached a step. */
async function writesDown(step: "started" | "done", more: Partial<DeploymentRecord> = {}): Promise<void> {
  const meaning = OPERATION_MEANINGS.find(({ id }) => id === `recreate-${step}`);
  if (!meaning) throw new Error(`No step ${step} is told.`);
  const common = { source: "operation", signal: meaning.id, at: SINCE, sourceIdentifier: deployment.id, reading: {} } as const;
  const report = { ...common, delivery: `operation|r1|0|${step}`, message: `It has ${step}.` };
  await amendRecord(theirs, KEY, (it) => ({ ...it, ...more, facts: withReport(it.facts, meaning, report) }));
}
const AT_WORK = { operation: { name: "recreate", requestId: "r1", since: SINCE, step: "started", text: "It has started." } };

describe("a watch beside the operations of other terminals", () => {
  it("takes up how far an operation is, and each thing that it reports once, without a word to its records", async () => {
    const lock = await lockFolder(state);
    await writesDown("started", AT_WORK);
    const { takeUp } = operated();
    await takeUp();
    await takeUp();
    expect(await read()).toMatchObject({ version: 1, operation: AT_WORK.operation, refresh: true });
    await writesDown("done", { operation: undefined });
    await takeUp();
    expect((await read())?.operation).toBeUndefined();
    expect((await read())?.facts.map(({ signal }) => signal)).toEqual(["recreate-started", "recreate-done"]);
    expect((await theirs.read<DeploymentRecord>(KEY))?.version).toBe(2);
    await lock.release();
  });

  it("calls nothing under way at which no process works, but says of what failed how it did", async () => {
    await writesDown("started", AT_WORK);
    await operated().takeUp();
    expect((await read())?.operation).toBeUndefined();
    const operation = { ...AT_WORK.operation, failed: { code: "nothing-changed" } };
    await amendRecord(theirs, KEY, (it) => ({ ...it, operation }));
    await operated().takeUp();
    expect((await read())?.operation).toEqual(operation);
  });

  it("goes on with the card that an operation posted in its channel, and with none of another channel", async () => {
    const posts = [
      { of: "card", in: "C0BLUEGREEN", ts: "1.1" },
      { of: "card", in: "C0ELSEWHERE", ts: "2.2" },
    ] as const;
    await writesDown("started", { posts });
    await operated().takeUp();
    expect((await read())?.posts).toEqual(posts.slice(0, 1));
  });

  it("leaves out what neither it nor RDS knows any more, and has nothing to take where no operation ever was", async () => {
    await writesDown("started");
    await operated([]).takeUp();
    expect(await read()).toBeUndefined();
    await rm(join(state, "records"), { recursive: true });
    await operated().takeUp();
    expect(await read()).toBeUndefined();
  });

  it("reads the requests of operations, and whatever else it keeps in records of its own", async () => {
    await mkdir(join(state, "records"), { recursive: true });
    const request = { key: "request#r1", version: 0 };
    await theirs.write(request);
    await writesDown("started");
    const { records, takeUp } = operated();
    expect(await records.read("request#r1")).toBeUndefined();
    await takeUp();
    expect(await records.read("request#r1")).toMatchObject({ key: "request#r1" });
    expect(await records.read("sweep")).toBeUndefined();
  });
});
