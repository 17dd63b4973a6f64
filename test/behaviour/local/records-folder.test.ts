import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { openExecutionStore } from "../../../local/engine/store.ts";
import { openRecordsFolder } from "../../../local/records-folder.ts";
import { StateError, stateFault } from "../../../local/state-file.ts";
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

describe("a file of the state folder that is not whole is named with what to do, and nothing is left out for it:", () => {
  const NOT_WHOLE = "is not whole, or not the guard's: put it back from a backup, or move it out of the folder";

  it.each([
    ["truncated", "request%231.json", '{"form":1,"item":{"key":"request#1","ver'],
    ["empty", "request%231.json", ""],
    ["a list", "request%231.json", "[]"],
    ["nothing", "request%231.json", "null"],
    ["somebody else's", "settings.json", '{"a":1}'],
    ["without an item", "request%231.json", '{"item":null}'],
    ["of no version", "request%231.json", '{"item":{"key":"request#1"}}'],
    ["a copy of another", "request%231 (1).json", '{"item":{"key":"request#1","version":9}}'],
  ])("%s", async (_, name, text) => {
    const folder = await emptyFolder();
    await (await openRecordsFolder(folder)).write({ key: "request#2", version: 0 });
    await writeFile(join(folder, name), text);
    const opening = openRecordsFolder(folder);
    await expect(opening).rejects.toThrow(StateError);
    await expect(opening).rejects.toThrow(`${join(folder, name)} ${NOT_WHOLE}`);
    expect(await readFile(join(folder, name), "utf8")).toBe(text);
  });

  it("of a newer version", async () => {
    const folder = await emptyFolder();
    await mkdir(folder);
    await writeFile(join(folder, "request%231.json"), '{"form":2,"items":[]}');
    await expect(openRecordsFolder(folder)).rejects.toThrow(
      /request%231\.json was written by a newer version of the guard, which alone can go on with it: run that one\.$/,
    );
  });

  it("of an execution", async () => {
    const folder = await emptyFolder();
    const store = await openExecutionStore(folder);
    onTestFinished(() => store.close());
    for (const text of ["", "{}", '{"form":1,"arn":"a"}', "[]"]) {
      await writeFile(join(folder, "recreate.1.json"), text);
      await expect(store.load()).rejects.toThrow(`${join(folder, "recreate.1.json")} ${NOT_WHOLE}`);
    }
    await writeFile(join(folder, "recreate.1.json"), '{"form":7}');
    await expect(store.load()).rejects.toThrow("was written by a newer version");
  });

  it("but what the guard wrote before files had a form, and what a system leaves beside them, is no such file", async () => {
    const folder = await emptyFolder();
    await mkdir(folder);
    await writeFile(join(folder, "request%231.json"), '{"item":{"key":"request#1","version":3},"open":{"rank":"b"}}');
    await writeFile(join(folder, "._request%231.json"), "\u0000");
    await writeFile(join(folder, ".DS_Store"), "\u0000");
    const records = await openRecordsFolder(folder);
    expect(await records.read("request#1")).toEqual({ key: "request#1", version: 3 });
    expect(await records.open()).toEqual([{ key: "request#1", rank: "b" }]);
  });
});

describe("a state folder that cannot be used is named with what to do:", () => {
  it("a file in its place", async () => {
    const folder = await emptyFolder();
    await writeFile(folder, "");
    await expect(openRecordsFolder(folder)).rejects.toThrow(`${folder} is no folder: choose another folder with --state.`);
    await expect(openRecordsFolder(join(folder, "records"))).rejects.toThrow(
      "is no folder, or is in none: choose another folder with --state.",
    );
    await expect(openExecutionStore(folder)).rejects.toThrow(StateError);
  });

  // Source: errno(3).
  it.each([
    ["ENOSPC", /is on a full disk: make room, and run the same command again, which goes on where it was\.$/],
    ["EDQUOT", /is on a full disk/],
    ["EROFS", /is on a disk that takes no writing: choose another folder with --state\.$/],
    ["EACCES", /may not be used by who runs this: correct its permissions, or choose another folder with --state\.$/],
    ["EIO", /cannot be used \(i\/o error\): choose another folder with --state\.$/],
  ])("%s", (code, words) => {
    const fault = Object.assign(new Error("i/o error"), { code, syscall: "write" });
    expect(() => stateFault("/state/a.json")(fault)).toThrow(words);
    const other = Object.assign(new Error("no"), { code: "ERR_INVALID_ARG_TYPE" });
    expect(() => stateFault("/state/a.json")(other)).toThrow(other);
  });
});
