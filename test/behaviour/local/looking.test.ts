import { getEventListeners } from "node:events";
import { expect, it } from "vitest";
import { untilEnd } from "../../../local/cli/watch/looking.ts";

it("a look that has ended, or failed, leaves nothing behind that waits for the end", async () => {
  const end = new AbortController();
  expect(await untilEnd(Promise.resolve("seen"), end.signal)).toBe("seen");
  await expect(untilEnd(Promise.reject(new Error("not seen")), end.signal)).rejects.toThrow("not seen");
  expect(getEventListeners(end.signal, "abort")).toEqual([]);
  end.abort();
  expect(await untilEnd(Promise.resolve("seen in time"), end.signal)).toBe("seen in time");
});
