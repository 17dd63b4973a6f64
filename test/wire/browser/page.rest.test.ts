import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { rdsInstance } from "../../../lab/stories/databases.ts";
import { TOO_FAINT } from "./contrast.ts";
import { act } from "./lab.ts";
import { create, header, ruin } from "./team.ts";
import { describeInBrowser, PATIENCE } from "./visiting.ts";

const HOSTILE = `<img src=x onerror="hit=1"> <script>hit=2</script> <!channel> <@U1> <https://a.invalid|b>`;

describeInBrowser("the page in a browser", ({ open, come }) => {
  it("lets a visitor create a deployment and ruin it with a statement, and the guard says so", async () => {
    const running = await open(3_000);
    await running.play();
    const { page } = await come(running.lab.url);
    await create(page);
    expect(running.lab.rds.calls.find(({ action }) => action === "CreateBlueGreenDeployment")?.parameters).toMatchObject({
      TargetEngineVersion: "15.5",
    });
    await header(page, 0, "Ready to switch over").waitFor(PATIENCE);
    await ruin(page);
    await header(page, 0, "Degraded: cannot be switched over").waitFor(PATIENCE);
    await page.locator("#picture .arrow.broken").waitFor();
  });

  it("draws a read replica within the instance that it follows", async () => {
    const running = await open(600);
    running.lab.rds.addInstance(rdsInstance("catalog", "mysql", "8.0.39"));
    running.lab.rds.addInstance({ ...rdsInstance("catalog-replica", "mysql", "8.0.39"), replicaOf: "catalog" });
    const { page } = await come(running.lab.url);
    await page.locator(".database", { hasText: "catalog" }).getByText("catalog-replica read replica").waitFor();
    expect(await page.locator(".database").count()).toBe(1);
  });

  it("shows markup and mentions in a reason and in an event as the text that they are", async () => {
    const running = await open(3_000);
    await running.play();
    const { page } = await come(running.lab.url);
    await page.getByText("Be AWS on a bad day", { exact: true }).click();
    const failing = page.getByRole("form", { name: "Fail the next creation" });
    await failing.getByRole("textbox", { name: "Reason" }).fill(HOSTILE);
    await failing.getByRole("button").click();
    await create(page);
    await page.locator(".thread article").first().waitFor(PATIENCE);
    const ofDeployment = running.lab.rds.history.find(({ sourceType }) => sourceType === "BLUE_GREEN_DEPLOYMENT");
    await act(running, "event", { ...ofDeployment, source: ofDeployment?.sourceIdentifier, message: HOSTILE });
    for (const place of [".timeline .words", ".reply", "#picture", "article:not(.reply)"]) {
      await page.locator(place, { hasText: HOSTILE }).last().waitFor(PATIENCE);
    }
    expect(await page.locator("img, iframe, body script, [onerror]").count()).toBe(0);
    expect(await page.evaluate("globalThis.hit")).toBeUndefined();
  });

  it.each(["light", "dark"] as const)("has no text that is hard to tell from what is behind it, in the %s", async (colorScheme) => {
    const running = await open(6_000, "creation-fails");
    await running.play();
    const { page } = await come(running.lab.url, { colorScheme });
    await page.locator(".thread article").first().waitFor(PATIENCE);
    await page.evaluate("for (const it of document.querySelectorAll('details')) it.open = true");
    const { looked, found } = (await page.evaluate(TOO_FAINT)) as { looked: number; found: string[] };
    expect(looked).toBeGreaterThan(100);
    expect(found).toEqual([]);
  });

  it("fits a phone 360 pixels wide and is worked with the keyboard", async () => {
    const running = await open(1_500, "aurora-major-upgrade");
    const { page } = await come(running.lab.url, { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true });
    await running.play();
    // Whichever thread it is in: a guard that is late in a lab so fast may have told of a database on its own before.
    await page.locator(".thread article:not(.reply) .header", { hasText: "Switched over" }).waitFor(PATIENCE);
    for (const part of ["Operations", "Databases", "Do it", "Events", "Channel"]) {
      const link = page.getByRole("link", { name: part, exact: true });
      await link.click();
      await page.locator(`.panel.current${await link.getAttribute("href")}`).waitFor();
      expect([part, await page.evaluate("document.documentElement.scrollWidth")]).toEqual([part, 360]);
    }
    await tabTo(page, "pause");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Go on" }).waitFor();
  });
});

/** Presses Tab until the element of that id has the focus. @throws Error where 60 presses do not reach it. */
async function tabTo(page: Page, id: string): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press("Tab");
    if ((await page.evaluate("document.activeElement.id")) === id) return;
  }
  throw new Error(`Tab does not reach #${id}.`);
}
