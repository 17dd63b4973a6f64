import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { openRecordsFolder } from "../../../local/records-folder.ts";
import type { Item } from "../../../src/clients/records.ts";
import { describeRecords } from "../../support/records-contract.ts";

interface Named extends Item {
  name?: string;
}

async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "bluegreen-guard-records-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, "records");
}

const one = { key: "request#1", version: 0 };

describeRecords("in a folder", async () => openRecordsFolder(await emptyFolder()));

describe("records in a folder", () => {
  it("are there for the next process as they were written", async () => {
    const folder = await emptyFolder();
    const records = await openRecordsFolder(folder);
    expect(await records.write({ ...one, name: "one" }, { rank: "b" })).toBe(true);
    const next = await openRecordsFolder(folder);
    expect(await next.read<Named>("request#1")).toEqual({ key: "request#1", version: 1, name: "one" });
    expect(await next.open()).toEqual([{ key: "request#1", rank: "b" }]);
    expect(await next.read("request#2")).toBeUndefined();
  });

  it("are the first of several writes at once", async () => {
    const records = await openRecordsFolder(await emptyFolder());
    const writes = await Promise.all(["a", "b", "c"].map((name) => records.write({ ...one, name })));
    expect(writes).toEqual([true, false, false]);
    expect(await records.read<Named>("request#1")).toMatchObject({ version: 1, name: "a" });
  });

  it("keep the last of many writes to one item, on the disk too", async () => {
    const folder = await emptyFolder();
    const records = await openRecordsFolder(folder);
    const versions = Array.from({ length: 50 }, (_, version) => version);
    await Promise.all(versions.map((version) => records.write({ ...one, version })));
    expect(await (await openRecordsFolder(folder)).read("request#1")).toMatchObject({ version: 50 });
  });

  it("may have any key", async () => {
    const folder = await emptyFolder();
    const key = "blue#arn:aws:rds:ap-northeast-1:123456789012:cluster:orders/../x";
    await (await openRecordsFolder(folder)).write({ key, version: 0 });
    expect(await (await openRecordsFolder(folder)).read(key)).toEqual({ key, version: 1 });
  });
});
