import { describe, expect, it } from "vitest";
import { openPage } from "./page.ts";

describe("the clock's controls", () => {
  it("pause, and go on at the speed of before", async () => {
    const { act, state } = await openPage();
    await act("speed", { speed: 3000 });
    await act("pause");
    expect(state.speed).toBe(0);
    await act("resume");
    expect(state.speed).toBe(3000);
  });

  it("go on to the next moment, and say where nothing is waited for", async () => {
    const { act, state } = await openPage();
    expect(await act("step")).toMatchObject({ status: 400, text: expect.stringContaining("Nothing is waited for") });
    state.hasNext = true;
    expect(await act("step")).toEqual({ status: 200, text: "Went on to 06:10:00 UTC." });
  });
});

describe("the choice of stories", () => {
  it("plays one", async () => {
    const { act, noted } = await openPage();
    expect((await act("play", { name: "upgrade" })).status).toBe(200);
    expect(noted).toEqual(["play upgrade"]);
  });

  it("says why one cannot be played", async () => {
    const { act, noted, state } = await openPage();
    state.playing = "upgrade";
    expect(await act("play", { name: "upgrade" })).toEqual({
      status: 400,
      text: "The story cannot be played: upgrade has the stage.",
    });
    expect(noted).toEqual([]);
  });
});

describe("input that cannot be taken is answered with what was wrong and what was received", () => {
  it.each([
    ["speed", { speed: 0 }, "speed must be a number from 1 to 100000; received 0."],
    ["speed", { speed: "fast" }, 'speed must be a number from 1 to 100000; received "fast".'],
    ["speed", "[1]", "Send a JSON object; received [1]."],
    ["speed", "{speed", 'Send a JSON object; received "{speed".'],
    ["play", { name: "nothing" }, 'name must be one of upgrade; received "nothing".'],
    ["create", { name: "visitor-1" }, "source is missing: give a text."],
    ["create", { name: 1 }, "name must be a text; received 1."],
    ["delete", { deployment: "bgd-1", withGreen: "yes" }, 'withGreen must be true or false; received "yes".'],
    ["switchover", { deployment: "bgd-1", timeoutSeconds: 5 }, "timeoutSeconds must be a whole number from 30 to 3600; received 5."],
    ["fate", { kind: "lose", count: 1 }, 'kind must be one of drop, delay, double; received "lose".'],
    ["fate", { kind: "drop", count: 1.5 }, "count must be a whole number from 1 to 1000; received 1.5."],
    [
      "event",
      { sourceType: "CLUSTER", source: "a b", message: "x" },
      'source must be letters, digits and hyphens, as RDS names things; received "a b".',
    ],
    ["ddl", { database: "db", statement: "x".repeat(501) }, "statement has 501 characters; at most 500 are taken."],
    ["slack-429", { count: 1 }, "retryAfterSeconds must be a whole number from 1 to 3600; received nothing."],
  ])("%s %j", async (action, input, text) => {
    const { act, noted } = await openPage();
    expect(await act(action, input)).toEqual({ status: 400, text });
    expect(noted).toEqual([]);
  });

  it("names a database that is not there", async () => {
    const { act } = await openPage();
    expect(await act("ddl", { database: "nothing", statement: "DROP TABLE t" })).toMatchObject({
      status: 400,
      text: expect.stringContaining("no database nothing"),
    });
  });

  it("lists what there is where an action is unknown", async () => {
    const { act } = await openPage();
    expect(await act("explode")).toMatchObject({
      status: 404,
      text: expect.stringMatching(/^There is no action "explode"\. There are: speed, /),
    });
  });
});
