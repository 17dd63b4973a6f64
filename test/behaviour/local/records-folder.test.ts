import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { openRecordsFolder } from "../../../local/records-folder.ts";
import type { Item } from "../../../src/clients/records.ts";

interface Named extends Item {
  name?: string;
}

async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "bluegreen-guard-records-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, "records");
}

const one = { key: "request#1", version: 0 };

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

  it("take a write only on the version that is there, one of several at once", async () => {
    const records = await openRecordsFolder(await emptyFolder());
    const writes = await Promise.all(["a", "b", "c"].map((name) => records.write({ ...one, name })));
    expect(writes).toEqual([true, false, false]);
    expect(await records.read<Named>("request#1")).toMatchObject({ version: 1, name: "a" });
    expect(await records.write({ ...one, version: 2 })).toBe(false);
    expect(await records.write({ ...one, version: 1, name: "d" })).toBe(true);
    expect(await records.read<Named>("request#1")).toMatchObject({ version: 2, name: "d" });
  });

  it("keep the last of many writes to one item, on the disk too", async () => {
    const folder = await emptyFolder();
    const records = await openRecordsFolder(folder);
    const versions = Array.from({ length: 50 }, (_, version) => version);
    await Promise.all(versions.map((version) => records.write({ ...one, version })));
    expect(await (await openRecordsFolder(folder)).read("request#1")).toMatchObject({ version: 50 });
  });

  it("are changed by nobody who read them", async () => {
    const records = await openRecordsFolder(await emptyFolder());
    await records.write({ ...one, name: "one" });
    const read = await records.read<Named>("request#1");
    if (read) read.name = "another";
    expect(await records.read<Named>("request#1")).toMatchObject({ name: "one" });
  });

  it("list what is open by rank, below a rank, and no more than asked", async () => {
    const records = await openRecordsFolder(await emptyFolder());
    for (const rank of ["c", "a", "b"]) await records.write({ key: `request#${rank}`, version: 0 }, { rank });
    await records.write({ key: "request#closed", version: 0 });
    expect((await records.open()).map(({ rank }) => rank)).toEqual(["a", "b", "c"]);
    expect((await records.open({ belowRank: "c" })).map(({ rank }) => rank)).toEqual(["a", "b"]);
    expect((await records.open({ limit: 1 })).map(({ rank }) => rank)).toEqual(["a"]);
    await records.write({ key: "request#a", version: 1 });
    expect((await records.open()).map(({ rank }) => rank)).toEqual(["b", "c"]);
  });

  it("may have any key", async () => {
    const folder = await emptyFolder();
    const key = "blue#arn:aws:rds:ap-northeast-1:123456789012:cluster:orders/../x";
    await (await openRecordsFolder(folder)).write({ key, version: 0 });
    expect(await (await openRecordsFolder(folder)).read(key)).toEqual({ key, version: 1 });
  });
});
