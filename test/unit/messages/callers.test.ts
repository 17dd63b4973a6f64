import { expect, it } from "vitest";
import { IN_SLACK } from "../../../src/messages/slack/form.ts";
import { inTerminal } from "../../../src/messages/terminal/form.ts";

it.each([
  ["arn:aws:iam::123456789012:user/oncall", "oncall"],
  ["arn:aws-cn:iam::123456789012:user/teams/dba/oncall", "oncall"],
  ["arn:aws:iam::123456789012:role/service/guard", "guard"],
  ["arn:aws:sts::123456789012:assumed-role/Admin/oncall@example.com", "oncall@example.com (role Admin)"],
  ["arn:aws:iam::123456789012:root", "root"],
  ["oncall", "oncall"],
])("a sentence calls %s by the name that people know: %s", (name, called) => {
  expect(inTerminal.person({ name })).toBe(called);
  expect(IN_SLACK.person({ name })).toBe(called);
});
