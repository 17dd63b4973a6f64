import { describe, expect, it } from "vitest";
import type { Item, Records } from "../../src/clients/records.ts";

interface Named extends Item {
  name?: string;
  parts?: { name: string; gone?: string }[];
}

const one: Named = { key: "request#1", version: 0 };

/** What all records have in common, wherever they are kept; `open` makes empty ones. */
export function describeRecords(where: string, open: () => Promise<Records>): void {
  describe(`records ${where}`, () => {
    it("are read as they were written, a version later", async () => {
      const records = await open();
      expect(await records.write({ ...one, name: "one", parts: [{ name: "a" }] }, { rank: "b" })).toBe(true);
      expect(await records.read<Named>("request#1")).toEqual({ key: "request#1", version: 1, name: "one", parts: [{ name: "a" }] });
      expect(await records.open()).toEqual([{ key: "request#1", rank: "b" }]);
      await records.write({ ...one, version: 1 }, { rank: "b", hint: "what it is" });
      expect(await records.open()).toEqual([{ key: "request#1", rank: "b", hint: "what it is" }]);
      expect(await records.read<Named>("request#1")).toStrictEqual({ key: "request#1", version: 2 });
      expect(await records.read("request#2")).toBeUndefined();
    });

    it("leave out what is undefined", async () => {
      const records = await open();
      await records.write({ ...one, name: undefined, parts: [{ name: "a", gone: undefined }] });
      expect(await records.read<Named>("request#1")).toStrictEqual({ key: "request#1", version: 1, parts: [{ name: "a" }] });
    });

    it("take a write only on the version that is there, one of several at once", async () => {
      const records = await open();
      const names = ["a", "b", "c"];
      const writes = await Promise.all(names.map((name) => records.write({ ...one, name })));
      expect(writes.filter(Boolean)).toHaveLength(1);
      expect(await records.read<Named>("request#1")).toMatchObject({ version: 1, name: names[writes.indexOf(true)] });
      expect(await records.write({ ...one, version: 2 })).toBe(false);
      expect(await records.write({ ...one, version: 1, name: "d" })).toBe(true);
      expect(await records.read<Named>("request#1")).toMatchObject({ version: 2, name: "d" });
    });

    it("are changed by nobody who has read or written them", async () => {
      const records = await open();
      const written = { ...one, name: "one", parts: [{ name: "a" }] };
      await records.write(written);
      written.parts.push({ name: "another" });
      const read = await records.read<Named>("request#1");
      if (read) Reflect.set(read, "name", "another");
      expect(await records.read<Named>("request#1")).toMatchObject({ name: "one", parts: [{ name: "a" }] });
    });

    it("set numbers of an item, there or not, unless one of them is greater, and a write on the version before then fails", async () => {
      const records = await open();
      expect(await records.reserve("channel#1", { post: 20 }, { post: 10, until: 10 })).toBe(true);
      expect(await records.read("channel#1")).toEqual({ key: "channel#1", version: 1, post: 20 });
      expect(await records.reserve("channel#1", { post: 30 }, { post: 19 })).toBe(false);
      expect(await records.reserve("channel#1", { post: 30, update: 5 }, { post: 20, until: 10 })).toBe(true);
      expect(await records.read("channel#1")).toEqual({ key: "channel#1", version: 2, post: 30, update: 5 });
      expect(await records.write({ key: "channel#1", version: 1 })).toBe(false);
      await records.write({ ...one, name: "one", parts: [{ name: "a" }] }, { rank: "b" });
      expect(await records.reserve("request#1", { until: 1 }, {})).toBe(true);
      expect(await records.read("request#1")).toEqual({ key: "request#1", version: 2, name: "one", parts: [{ name: "a" }], until: 1 });
      expect(await records.open()).toEqual([{ key: "request#1", rank: "b" }]);
    });

    it("list what is open by rank, below a rank, and no more than asked", async () => {
      const records = await open();
      for (const rank of ["c", "a", "b"]) await records.write({ key: `request#${rank}`, version: 0 }, { rank });
      await records.write({ key: "request#closed", version: 0 });
      expect((await records.open()).map(({ rank }) => rank)).toEqual(["a", "b", "c"]);
      expect((await records.open({ belowRank: "c" })).map(({ rank }) => rank)).toEqual(["a", "b"]);
      expect((await records.open({ limit: 1 })).map(({ rank }) => rank)).toEqual(["a"]);
      expect((await records.open({ belowRank: "c", limit: 1 })).map(({ rank }) => rank)).toEqual(["a"]);
      await records.write({ key: "request#a", version: 1 });
      expect((await records.open()).map(({ rank }) => rank)).toEqual(["b", "c"]);
      await records.write({ key: "request#b", version: 1 }, { rank: "d" });
      expect(await records.open()).toEqual([
        { key: "request#c", rank: "c" },
        { key: "request#b", rank: "d" },
      ]);
    });

    it("may have any key", async () => {
      const records = await open();
      const key = "blue#arn:aws:rds:ap-northeast-1:123456789012:cluster:orders/../x";
      await records.write({ key, version: 0 }, { rank: "a" });
      expect(await records.read(key)).toEqual({ key, version: 1 });
      expect(await records.open()).toEqual([{ key, rank: "a" }]);
    });
  });
}
