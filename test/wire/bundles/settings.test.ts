import { afterEach, beforeEach, expect, it } from "vitest";
import { FUNCTIONS } from "../../../infra/bundle-folder.ts";
import { openTestLab, type TestLab } from "../../support/lab/stage.ts";
import { invoke, settingsOf } from "./function.ts";

let lab: TestLab;
beforeEach(async () => {
  lab = await openTestLab();
});
afterEach(() => lab.close());

it("the bundle of the slack function does not start without its two settings", async () => {
  const { exitCode, outcomes, stderr } = await invoke("slack", [{}], lab, {});
  expect([exitCode, outcomes]).toEqual([1, []]);
  expect(stderr).toContain("SettingsError: SLACK_SECRET is not set. ANSWER_FUNCTION is not set.");
});

it("the bundle of the webhook function does not start without its three settings", async () => {
  const { exitCode, outcomes, stderr } = await invoke("webhook", [{}], lab, { QUEUE_URL: "facts" });
  expect([exitCode, outcomes]).toEqual([1, []]);
  const bad = 'QUEUE_URL takes a URL that begins with https:// or http://; received "facts".';
  expect(stderr).toContain(`SettingsError: WEBHOOK_SECRET is not set. ${bad} DEAD_LETTER_QUEUE_URL is not set.`);
});

it.each(FUNCTIONS.filter((name) => name !== "slack" && name !== "webhook"))(
  "the bundle of the %s function does not start without its settings, and names all that are missing or bad",
  async (name) => {
    const { TABLE_NAME, EVENT_BUS_NAME, ...rest } = settingsOf(lab);
    const { exitCode, outcomes, stderr } = await invoke(name, [{}], lab, { ...rest, SLACK_CHANNEL: "#databases" });
    expect([exitCode, outcomes]).toEqual([1, []]);
    expect(stderr).toContain("SettingsError");
    expect(stderr).toContain("TABLE_NAME is not set.");
    expect(stderr).toContain("EVENT_BUS_NAME is not set.");
    expect(stderr).toContain('received "#databases".');
  },
);
