import type { Locator, Page } from "playwright-core";
import { expect, it } from "vitest";
import type { Session } from "../../../lab/session.ts";
import { act } from "./lab.ts";
import { create, header, ruin } from "./team.ts";
import { describeInBrowser, PATIENCE } from "./visiting.ts";

describeInBrowser("the channel's box for commands", ({ open, come }) => {
  /** A visitor before a deployment that is ready. */
  async function atReady(approvals?: 0 | 1): Promise<{ page: Page; running: Session }> {
    const running = await open(1_500, undefined, undefined, approvals);
    await running.play();
    const { page } = await come(running.lab.url);
    await create(page);
    await header(page, 0, "Ready to switch over").waitFor(PATIENCE);
    return { page, running };
  }

  it("leads from a typed command over its plan to a completed switchover", async () => {
    const { page, running } = await atReady();
    await type(page, "/bluegreen switchover visitor-1");
    const plan = message(page, "Switch visitor-1 over?");
    await plan.getByText("only visible to you").waitFor(PATIENCE);
    await plan.getByText(/\d of 10 pass\./).waitFor();
    await plan.getByRole("button", { name: "Switch over" }).click();
    await message(page, "The switchover of visitor-1 begins.").waitFor(PATIENCE);
    // Once decided the buttons go.
    expect(await page.getByRole("button", { name: "Switch over", exact: true }).count()).toBe(0);
    await act(running, "speed", { speed: 60 });
    await header(page, 0, "Switched over").waitFor(PATIENCE);
    await page.getByRole("article", { name: /^Switch over visitor-1 done$/ }).waitFor(PATIENCE);
    await page.getByText(/^Writes paused for about \d min \d\d s at the switchover/).waitFor(PATIENCE);
  });

  it("lets a second person approve, who does not see the first one's plan", async () => {
    const { page, running } = await atReady(1);
    await page.getByRole("button", { name: "Switch over…" }).click();
    const plan = message(page, "Switch visitor-1 over?");
    await plan.getByRole("button", { name: "Switch over" }).click();
    await message(page, "Confirmed. Another operator has to approve it now").waitFor(PATIENCE);
    const asked = message(page, "@U0ONCALL wants to switch over visitor-1");
    await asked.getByRole("button", { name: "Approve" }).click();
    await message(page, "Whoever asks cannot approve: another operator has to.").waitFor(PATIENCE);
    await page.getByRole("combobox", { name: "You are" }).selectOption({ label: "colleague, operator, by the user group dba" });
    expect(await message(page, "Confirmed. Another operator has to approve it now").isVisible()).toBe(false);
    await asked.getByRole("button", { name: "Approve" }).click();
    // In the thread, which is closed.
    await page.locator("p", { hasText: "Approved by @U0COLLEAGUE: it begins." }).waitFor({ ...PATIENCE, state: "attached" });
    expect(await page.getByRole("button", { name: "Approve", exact: true }).count()).toBe(0);
    await act(running, "speed", { speed: 60 });
    await header(page, 0, "Switched over").waitFor(PATIENCE);
    // In the thread, behind the latest replies.
    await message(page, "Asked for by @U0ONCALL, approved by @U0COLLEAGUE").waitFor({ ...PATIENCE, state: "attached" });
  });

  it("answers the keyboard alone, on a phone too, and says that a killed guard did not answer", async () => {
    const running = await open(600);
    await running.play();
    const { page } = await come(running.lab.url, { viewport: { width: 360, height: 740 } });
    await expect.poll(() => running.lab.slackUrl(), PATIENCE).toBeDefined();
    await page.getByRole("textbox", { name: "Slash command" }).fill("/bluegreen help");
    await page.keyboard.press("Enter");
    await message(page, "What the guard can be told").waitFor(PATIENCE);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(360);
    await act(running, "kill-guard");
    await page.getByText("Guard: killed").waitFor(PATIENCE);
    await type(page, "/bluegreen");
    await message(page, '/bluegreen failed with the error "dispatch_failed".').waitFor(PATIENCE);
  });

  it("has the button of a ruined deployment's card show the plan to recreate it", async () => {
    const { page } = await atReady();
    await ruin(page);
    await page.getByRole("button", { name: "Recreate…" }).click(PATIENCE);
    const plan = message(page, "Recreate visitor-1?");
    await plan.getByText("14 of 14 pass.").waitFor(PATIENCE);
    await plan.getByRole("button", { name: "Cancel" }).click();
    await message(page, "Left as it is: nothing was changed.").waitFor(PATIENCE);
  });
});

async function type(page: Page, text: string): Promise<void> {
  await page.getByRole("textbox", { name: "Slash command" }).fill(text);
  await page.getByRole("form", { name: "Slash commands" }).getByRole("button", { name: "Send" }).click();
}

/** The message in the channel with that in it. */
function message(page: Page, text: string): Locator {
  return page.locator("#messages article.message", { hasText: text }).last();
}
