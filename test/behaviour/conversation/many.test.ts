import { expect, it } from "vitest";
import { textLength } from "../../../lab/slack/block-limits.ts";
import { openSlackLab } from "../../support/conversation/slack-lab.ts";
import { addCluster, create, MINUTE, pass } from "../../support/handlers/sweeping.ts";

// Source: slackapi/bolt-js issues 2509 and 2867: above about 12,000 characters in all Slack refuses a message.
it.each([1, 12, 45])("%s deployments are shown in one message that Slack takes: whole ones first, then names", async (count) => {
  const lab = await openSlackLab({}, { isWatched: false });
  await lab.clock.work(async () => {
    for (let index = 1; index <= count; index += 1) {
      addCluster(lab, `orders-of-the-region-with-the-long-name-${index}`);
      await create(lab, `orders-of-the-region-with-the-long-name-${index}`, {
        name: `orders-${index}-of-a-name-of-sixty-letters-which-rds-lets-one`,
      });
    }
    await pass(lab, 60 * MINUTE);
  });
  const text = await lab.type("/bluegreen");
  const [shown] = lab.slack.ephemeral;
  const size = textLength(shown?.blocks) + (shown?.attachments ?? []).reduce((sum, it) => sum + textLength(it["blocks"] as object[]), 0);
  expect(size).toBeLessThan(12_000);
  const whole = text.split("*Next:*").length - 1;
  expect(text).not.toMatch(/\*Next:\*[^\n]*…/);
  if (count < 15) expect(whole).toBe(count);
  else {
    expect(whole).toBeGreaterThan(10);
    expect(text).toContain(`… and ${count - whole} more (\`/bluegreen status NAME\` shows one): \`orders-`);
  }
});
