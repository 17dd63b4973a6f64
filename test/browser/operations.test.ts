import { type ChildProcess, spawn } from "node:child_process";
import type { Browser, Locator, Page } from "playwright-core";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { newRequest } from "../../src/operations/request.ts";
import { writeRequest } from "../../src/operations/requests.ts";
import { openBrowser } from "./browser.ts";
import { TOO_FAINT } from "./contrast.ts";
import { act } from "./lab.ts";
import { create, header, ruin } from "./team.ts";
import { PATIENCE, visiting } from "./visiting.ts";
import { visit } from "./visitor.ts";

const HOSTILE = `<img src=x onerror="hit=1"> <script>hit=2</script> <!channel> <https://a.invalid|b>`;
const ID = "0f9a2c41-7d35-4b8e-9c51-2f6d3e8a7b10";
const LONG = { timeout: 150_000 };
/** Keeps all that panels say of how they stand, however briefly: the words beside the name, and what is announced. */
const KEEP_SAID = `
  globalThis.said = [];
  new MutationObserver(() => {
    for (const { textContent } of document.querySelectorAll(".operation h3 .chip, .operation [role=status]")) {
      if (!said.includes(textContent)) said.push(textContent);
    }
  }).observe(document.getElementById("operation-list"), { childList: true, subtree: true });`;
vi.setConfig({ testTimeout: 240_000 });
const opened = await openBrowser();
const leftOut = "leftOut" in opened ? opened.leftOut : undefined;
if (leftOut) console.warn(leftOut);

describe.skipIf(leftOut !== undefined)("the panel of operations", () => {
  const browser = opened as Browser;
  const { open, come } = visiting(browser);

  it("shows, to a screen reader too, what becomes of a recreation whose story is played from the page", async () => {
    const page = await play("recreate");
    const operation = panel(page, /^Recreate blue-green as blue-green-[0-9a-f]{8} done$/);
    await operation.waitFor(LONG);
    expect(await operation.innerText()).toContain("asked for by user/oncall at a terminal at");
    expect(await steps(operation)).toEqual(["Begun", "Deletion begun", "Creation begun", "Done"]);
    expect(await operation.getByRole("button").count()).toBe(0);
    const said = await page.evaluate<string[]>("said");
    expect(said).toContain("under way");
    expect(said.join("\n")).toMatch(/Waits until RDS has built green\. \d of 3 tasks done\./);
  });

  it("says of a killed guard's recreation that it stands still, and goes on with it when the guard is back", async () => {
    const page = await play("recreate-killed");
    const operation = panel(page, /^Recreate orders-16 as orders-16-[0-9a-f]{8} done$/);
    await operation.waitFor(LONG);
    expect(await steps(operation)).toEqual(["Begun", "Deletion begun", "Creation begun", "Done"]);
    const said = await page.evaluate<string[]>("said");
    expect(said).toContain("at a standstill");
    expect(said).toContain("The guard was killed: nobody is at work. Start it, and it goes on where it was.");
  });

  it("counts the seconds of a switchover while writes are refused, and says afterwards how long they were", async () => {
    const running = await open(600, "switchover");
    const { page } = await come(running.lab.url);
    const story = running.play();
    const operation = panel(page, /^Switch over orders-16/);
    await operation.waitFor(LONG);
    await act(running, "speed", { speed: 4 });
    const pause = page.getByRole("region", { name: "Databases" }).getByRole("timer");
    await pause.filter({ hasText: /^RDS is switching over, and refuses writes for most of this time: \d+ s so far\.$/ }).waitFor(PATIENCE);
    const early = await pause.innerText();
    await expect.poll(() => pause.innerText()).not.toBe(early);
    await act(running, "speed", { speed: 60 });
    // On a busy machine RDS's moments come a little late.
    await pause.filter({ hasText: /^Writes paused for about \d min \d\d s at the switchover, by RDS's events\.$/ }).waitFor(PATIENCE);
    await panel(page, /^Switch over orders-16 done$/).waitFor(PATIENCE);
    expect((await steps(operation)).filter((title, index, all) => title !== all[index - 1])).toEqual([
      "Begun",
      "Asked RDS, once",
      "RDS said",
      "Done",
    ]);
    await act(running, "speed", { speed: 3_000 });
    await story;
  });

  /** A visitor who comes to an empty lab and plays the story. */
  async function play(story: string): Promise<Page> {
    const { page, leave } = await visit(browser, await startLab());
    onTestFinished(leave);
    await page.evaluate(KEEP_SAID);
    await page.getByRole("button", { name: `Play ${story}`, exact: true }).click();
    return page;
  }

  it("lets a visitor have the guard recreate what he ruined, and stop it with the keyboard", async () => {
    const running = await open(1_500);
    await running.play();
    const { page } = await come(running.lab.url);
    await create(page);
    await header(page, 0, "Ready to switch over").waitFor(PATIENCE);
    await ruin(page);
    // A request has to be begun within half an hour of the lab.
    await act(running, "speed", { speed: 300 });
    const form = page.getByRole("form", { name: "Have the guard recreate a deployment" });
    await form.getByRole("button").click();
    await form.getByText("A visitor confirms the plan: visitor-1 is to be deleted").waitFor(PATIENCE);
    const operation = panel(page, /^Recreate visitor-1/);
    // From here on it waits for RDS, whose time stands still: whoever stops it sees that it is about to stop.
    await operation.getByRole("listitem").filter({ hasText: "Deletion begun" }).waitFor(PATIENCE);
    await act(running, "pause");
    await operation.getByRole("button", { name: "Stop it before its next change" }).focus();
    await page.keyboard.press("Enter");
    await panel(page, /^Recreate visitor-1 as \S+ stopping$/).waitFor(PATIENCE);
    await act(running, "speed", { speed: 1_500 });
    await panel(page, /^Recreate visitor-1 as \S+ (stopped|half done)$/).waitFor(PATIENCE);
  });

  it("shows markup in names and in what AWS said as the text that it is", async () => {
    const running = await open(600);
    const { page } = await come(running.lab.url);
    const asked = {
      operation: "recreate",
      deploymentId: "bgd-1",
      deploymentName: HOSTILE,
      blue: "cluster-1",
      requestedBy: HOSTILE,
      via: "terminal",
      stateHash: "0",
      approved: false,
    } as const;
    const notes = [{ step: "waiting" as const, at: "2026-01-01T00:00:00.000Z", text: HOSTILE, run: 0 }];
    await writeRequest(running.lab.records, { ...newRequest(ID, asked, 0), notes });
    running.lab.bus.put({ Source: "bluegreen-guard", DetailType: "Recreate Requested", Detail: JSON.stringify({ requestId: ID }) });
    for (const place of ["h3", ".hint", ".steps"]) await page.locator(`.operation ${place}`, { hasText: HOSTILE }).waitFor(PATIENCE);
    expect(await page.locator("img, iframe, body script, [onerror]").count()).toBe(0);
    expect(await page.evaluate("globalThis.hit")).toBeUndefined();
    await act(running, "kill-guard");
    await panel(page, /at a standstill$/).waitFor(PATIENCE);
    await page.getByRole("button", { name: "Start the guard again" }).click();
    await page.getByText("Guard: running").waitFor(PATIENCE);
  });

  it("is readable in the light and in the dark, and fits a phone", async () => {
    const running = await open(600, "recreate-fails");
    const { page } = await come(running.lab.url);
    const story = running.play();
    await panel(page, /half done$/).waitFor(PATIENCE);
    await act(running, "pause");
    for (const colorScheme of ["light", "dark"] as const) {
      const phone = await come(running.lab.url, { colorScheme, viewport: { width: 360, height: 740 }, isMobile: true });
      await phone.page.getByRole("link", { name: "Operations" }).click();
      await panel(phone.page, /half done$/).waitFor();
      expect(await phone.page.evaluate("document.documentElement.scrollWidth")).toBe(360);
      const { looked, found } = (await phone.page.evaluate(TOO_FAINT)) as { looked: number; found: string[] };
      expect(looked).toBeGreaterThan(20);
      expect(found).toEqual([]);
    }
    await act(running, "speed", { speed: 3_000 });
    await story;
    await panel(page, /done$/).waitFor(PATIENCE);
  });
});

/** The panel of one operation, by what a screen reader calls it. */
function panel(page: Page, name: RegExp): Locator {
  return page.getByRole("region", { name: "Operations" }).getByRole("article", { name });
}

function steps(operation: Locator): Promise<string[]> {
  return operation.getByRole("listitem").locator("strong").allInnerTexts();
}

/** Runs `npm start`'s program without a story; answers its address. */
function startLab(): Promise<string> {
  const child: ChildProcess = spawn(process.execPath, ["lab/start.ts", "--no-story", "--port", "0", "--speed", "1200"]);
  onTestFinished(() => void child.kill());
  return new Promise((resolve) => {
    child.stdout?.on("data", (data) => {
      const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(String(data)) ?? [];
      if (url) resolve(url);
    });
  });
}
