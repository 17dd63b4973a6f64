import { expect, it } from "vitest";
import { recordsInMemory } from "../../../local/records-memory.ts";
import { openOnce } from "../../../src/handlers/open-once.ts";

it("a list of open items that failed for one question of a sweep does not fail for the next", async () => {
  const records = recordsInMemory(new Map());
  await records.write({ key: "deployment#bgd-one", version: 0 }, { rank: "0" });
  let asked = 0;
  const { open } = openOnce({
    ...records,
    async open(options) {
      asked += 1;
      if (asked === 1) throw new Error("DynamoDB answered with an internal error.");
      return records.open(options);
    },
  });
  await expect(open()).rejects.toThrow("internal error");
  expect(await open()).toMatchObject([{ key: "deployment#bgd-one" }]);
  expect(await open({ belowRank: "9" })).toHaveLength(1);
  expect(asked).toBe(2);
});
