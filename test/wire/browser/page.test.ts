import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { header } from "./team.ts";
import { describeInBrowser, PATIENCE } from "./visiting.ts";

const STORY = ["Ready to switch over", "Degraded: cannot be switched over", "Deleted", "Ready to switch over", "Switched over"];
/** Keeps every heading of a card that the page shows, however briefly. */
const KEEP_HEADINGS = `
  globalThis.headings = [];
  new MutationObserver(() => {
    for (const it of document.querySelectorAll("article:not(.reply) .header")) {
      if (!it.kept) headings.push(it.textContent);
      it.kept = true;
    }
  }).observe(document.getElementById("messages"), { childList: true, subtree: true });`;

describeInBrowser("the page in a browser", ({ open, come }) => {
  it("shows an upgrade from its first card to its end without being loaded again, and a later visitor the same", async () => {
    const running = await open(1_500, "aurora-major-upgrade", 10);
    const early = await come(running.lab.url);
    await early.page.getByText("Nothing was said yet.").waitFor();
    await early.page.evaluate(KEEP_HEADINGS);
    const story = running.play();
    await header(early.page, 0, "Degraded: cannot be switched over").waitFor(PATIENCE);
    await early.page.getByLabel("Speed of the lab's clock").selectOption("600");
    await story;
    await header(early.page, 1, "Switched over").waitFor(PATIENCE);
    await early.page.getByRole("button", { name: "Pause" }).click();
    await early.page.getByRole("button", { name: "Go on" }).waitFor();
    expect(inOrder(await early.page.evaluate<string[]>("headings"), STORY)).toEqual(STORY);
    const late = await come(running.lab.url);
    await expect.poll(async () => (await shown(late.page)).join("\n"), PATIENCE).toBe((await shown(early.page)).join("\n"));
    expect(early.loads()).toBe(1);
  });
});

function shown(page: Page): Promise<string[]> {
  return page.locator("article.message").allInnerTexts();
}

/** Those of `wanted` that `list` holds in that order. */
function inOrder(list: readonly string[], wanted: readonly string[]): string[] {
  let from = 0;
  return wanted.filter((text) => {
    const at = list.findIndex((it, index) => index >= from && it.endsWith(text));
    if (at >= 0) from = at + 1;
    return at >= 0;
  });
}
