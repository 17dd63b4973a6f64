import { describe, expect, it } from "vitest";
import { readSettings, readSlackSettings, SettingsError, VARIABLES } from "../../../src/settings/settings.ts";
import { CHANNEL_ID } from "../../../src/settings/slack-ids.ts";

const GOOD = {
  SLACK_CHANNEL: "C0123456789",
  SLACK_SECRET: "bluegreen-guard/slack",
  TABLE_NAME: "bluegreen-guard",
  QUEUE_URL: "https://sqs.ap-northeast-1.amazonaws.com/123456789012/events",
  DEAD_LETTER_QUEUE_URL: "https://sqs.ap-northeast-1.amazonaws.com/123456789012/events-dead-letters",
  EVENT_BUS_NAME: "bluegreen-guard",
  WATCH: "tagged",
  STUCK_AFTER_HOURS: "6",
};

describe("the settings", () => {
  it("are read from the environment, and nothing that is optional has to be there", () => {
    expect(readSettings(GOOD)).toEqual({
      slackChannel: "C0123456789",
      channels: [],
      mentions: [],
      slackSecret: "bluegreen-guard/slack",
      table: "bluegreen-guard",
      queueUrl: GOOD.QUEUE_URL,
      deadLettersUrl: GOOD.DEAD_LETTER_QUEUE_URL,
      bus: "bluegreen-guard",
      watch: "tagged",
      stuckAfterHours: 6,
      onDegraded: "ask",
      tagMayRaise: false,
      settleMinutes: 10,
      maxRecreatesPerDay: 2,
      operations: false,
      commands: false,
      operators: [],
      approvals: 0,
      commandChannels: [],
    });
  });

  it("of recreations are read where they are there", () => {
    const more = {
      ON_DEGRADED: "recreate",
      TAG_MAY_RAISE: "true",
      SETTLE_MINUTES: "120",
      MAX_RECREATES_PER_DAY: "20",
      OPERATIONS: "true",
      PRINCIPAL_ARN: "arn:aws:iam::123456789012:role/recreate",
    };
    expect(readSettings({ ...GOOD, ...more })).toMatchObject({
      onDegraded: "recreate",
      tagMayRaise: true,
      settleMinutes: 120,
      maxRecreatesPerDay: 20,
      operations: true,
      principal: "arn:aws:iam::123456789012:role/recreate",
    });
  });

  it("of recreations that are bad are named together, and false is not taken for true", () => {
    const bad = { ON_DEGRADED: "always", TAG_MAY_RAISE: "yes", SETTLE_MINUTES: "121", MAX_RECREATES_PER_DAY: "1.5", OPERATIONS: "1" };
    const text = String(thrownBy(() => readSettings({ ...GOOD, ...bad })));
    expect(text).toContain('ON_DEGRADED takes "notify", "ask" or "recreate"; received "always".');
    expect(text).toContain('TAG_MAY_RAISE takes "true" or "false"; received "yes".');
    expect(text).toContain('SETTLE_MINUTES takes a number of minutes, 1 to 120; received "121".');
    expect(text).toContain('MAX_RECREATES_PER_DAY takes a whole number of recreations; received "1.5".');
    expect(text).toContain('OPERATIONS takes "true" or "false"; received "1".');
    expect(readSettings({ ...GOOD, TAG_MAY_RAISE: "false" })).toMatchObject({ tagMayRaise: false });
  });

  it.each([
    ["STUCK_AFTER_HOURS", 1, 336],
    ["SETTLE_MINUTES", 1, 120],
    ["MAX_RECREATES_PER_DAY", 1, 20],
  ])("take for %s %i to %i", (name, least, most) => {
    for (const value of [least, most]) expect(() => readSettings({ ...GOOD, [name]: String(value) })).not.toThrow();
    for (const value of [least - 1, most + 1]) expect(() => readSettings({ ...GOOD, [name]: String(value) })).toThrow(name);
  });

  it("that are missing or bad are named together, with the value received", () => {
    const { TABLE_NAME: _, ...rest } = GOOD;
    const bad = { ...rest, SLACK_CHANNEL: "#databases", WATCH: "some", STUCK_AFTER_HOURS: "soon", QUEUE_URL: "queue" };
    const text = String(thrownBy(() => readSettings(bad)));
    expect(text).toContain(
      "SLACK_CHANNEL takes a channel's id, such as C0123456789: in Slack, open the channel's details; received \"#databases\".",
    );
    expect(text).toContain("TABLE_NAME is not set.");
    expect(text).toContain('WATCH takes "all" or "tagged"; received "some".');
    expect(text).toContain('STUCK_AFTER_HOURS takes a number of hours, 1 to 336; received "soon".');
    expect(text).toContain('QUEUE_URL takes a URL that begins with https:// or http://; received "queue".');
  });

  it("that are empty count as missing", () => {
    const text = String(thrownBy(() => readSettings(Object.fromEntries(Object.keys(GOOD).map((name) => [name, ""])))));
    for (const name of Object.keys(GOOD)) expect(text).toContain(`${name} is not set.`);
    expect(text).not.toContain(VARIABLES.slackApiUrl);
  });

  it("of Slack alone are read without the others, and the address of its API gets its slash", () => {
    const { SLACK_CHANNEL, SLACK_SECRET } = GOOD;
    const read = readSlackSettings({ SLACK_CHANNEL, SLACK_SECRET, SLACK_API_URL: "http://127.0.0.1:4040/slack/api" });
    expect(read).toEqual({ slackChannel: SLACK_CHANNEL, slackSecret: SLACK_SECRET, slackApiUrl: "http://127.0.0.1:4040/slack/api/" });
  });

  it.each([
    ["C0123456789", true],
    ["G012345678", true],
    ["databases", false],
    ["#databases", false],
    ["c0123456789", false],
    ["U0123456789", false],
    ["", false],
  ])("take %j for a channel's id: %s", (text, expected) => {
    expect(CHANNEL_ID.test(text)).toBe(expected);
  });
});

function thrownBy(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    expect(error).toBeInstanceOf(SettingsError);
    return error;
  }
}
