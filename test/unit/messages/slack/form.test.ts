import { describe, expect, it } from "vitest";
import { messageText } from "../../../../lab/slack/text.ts";
import { inHeader, inNotification, slackForm } from "../../../../src/messages/slack/form.ts";

const AT = "2024-02-05T08:07:12.000Z";
const form = slackForm(true);

describe("in Slack's mrkdwn", () => {
  it("a time is one of the reader's zone, and in UTC where Slack cannot show that", () => {
    expect(form.time(AT)).toBe("<!date^1707120432^{date_short_pretty} {time}|2024-02-05 08:07 UTC>");
    expect(form.clock(AT)).toBe("<!date^1707120432^{time_secs}|08:07:12 UTC>");
    expect(messageText({ text: form.time(AT) })).toBe("2024-02-05 08:07 UTC");
  });

  it("what is no time is made harmless", () => {
    expect(form.time("<!channel>")).not.toContain("<");
    expect(form.time("2024-02-05 08:07:12Z (<!channel>)")).toBe("<!date^1707120432^{date_short_pretty} {time}|2024-02-05 08:07 UTC>");
  });

  it("a person of Slack is mentioned, and any other is named", () => {
    expect(form.person({ name: "dana", id: "U0123456" })).toBe("<@U0123456>");
    expect(form.person({ name: "arn:aws:iam::123456789012:user/<dana>" })).toBe("&lt;dana&gt;");
  });

  it("a command is Slack's own only where Slack sends it", () => {
    expect(form.command("recreate", "orders")).toBe("`/bluegreen recreate orders`");
    expect(slackForm(false).command("recreate", "orders")).toBe("`npx bluegreen-guard recreate orders`");
  });

  it("a text of several lines is quoted, each line of it", () => {
    expect(form.quote("one <b>\n\ntwo")).toBe("> one &lt;b&gt;\n> two");
  });
});

it("a notification has neither marks nor anything that Slack would read as its own", () => {
  expect([inNotification.code("<a>"), inNotification.strong("b"), inNotification.time(AT)]).toEqual([
    "&lt;a&gt;",
    "b",
    "2024-02-05 08:07 UTC",
  ]);
  expect(inNotification.person({ name: "dana", id: "U0123456" })).toBe("dana");
});

it("a header shows what it is given letter by letter", () => {
  expect([inHeader.text("a & b"), inHeader.code("orders"), inHeader.clock(AT)]).toEqual(["a & b", "orders", "08:07:12 UTC"]);
});
