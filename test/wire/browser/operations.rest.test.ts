import { type ChildProcess, spawn } from "node:child_process";
import type { Page } from "playwright-core";
import { expect, it, type TestContext } from "vitest";
import { act } from "./lab.ts";
import { panel, steps } from "./panels.ts";
import { create, header, ruin } from "./team.ts";
import { describeInBrowser, PATIENCE } from "./visiting.ts";
import { visit } from "./visitor.ts";

const LONG = { timeout: 150_000 };
/** Keeps all that panels say of how they stand, however briefly: the words beside the name, and what is announced. */
const KEEP_SAID = `
  globalThis.said = [];
  new MutationObserver(() => {
    for (const { textContent } of document.querySelectorAll(".operation h3 .chip, .operation [role=status]")) {
      if (!said.includes(textContent)) said.push(textContent);
    }
  }).observe(document.getElementById("operation-list"), { childList: true, subtree: true });`;

describeInBrowser("the panel of operations", ({ browser, open, come }) => {
  it.concurrent("shows, to a screen reader too, what becomes of a recreation whose story is played from the page", async (test) => {
    const page = await play("recreate", test);
    const operation = panel(page, /^Recreate blue-green as blue-green-[0-9a-f]{8} done$/);
    await operation.waitFor(LONG);
    expect(await operation.innerText()).toContain("asked for by user/oncall at a terminal at");
    expect(await steps(operation)).toEqual(["Begun", "Deletion begun", "Creating", "Creation begun", "Done"]);
    expect(await operation.getByRole("button").count()).toBe(0);
    const said = await page.evaluate<string[]>("said");
    expect(said).toContain("under way");
    expect(said.join("\n")).toMatch(/Waits until RDS has built green\. \d of 3 tasks done\./);
  });

  it.concurrent("says of a killed guard's recreation that it stands still, and goes on with it when the guard is back", async (test) => {
    const page = await play("recreate-killed", test);
    const operation = panel(page, /^Recreate orders-16 as orders-16-[0-9a-f]{8} done$/);
    await operation.waitFor(LONG);
    expect(await steps(operation)).toEqual(["Begun", "Deletion begun", "Creating", "Creation begun", "Done"]);
    const said = await page.evaluate<string[]>("said");
    expect(said).toContain("at a standstill");
    expect(said).toContain("The guard was killed: nobody is at work. Start it, and it goes on where it was.");
  });

  /** A visitor who comes to an empty lab and plays the story. */
  async function play(story: string, test: TestContext): Promise<Page> {
    const { page, leave } = await visit(browser, await startLab(test));
    test.onTestFinished(leave);
    await page.evaluate(KEEP_SAID);
    await page.getByRole("button", { name: `Play ${story}`, exact: true }).click();
    return page;
  }

  it("lets a visitor have the guard recreate what they ruined, and stop it with the keyboard", async () => {
    const running = await open(1_500);
    await running.play();
    const { page } = await come(running.lab.url);
    await create(page);
    await header(page, 0, "Ready to switch over").waitFor(PATIENCE);
    await ruin(page);
    // A request must be started within half an hour of the lab.
    await act(running, "speed", { speed: 300 });
    const form = page.getByRole("form", { name: "Have the guard recreate a deployment" });
    await form.getByRole("button").click();
    await form.getByText("A visitor confirms the plan: visitor-1 is to be deleted").waitFor(PATIENCE);
    const operation = panel(page, /^Recreate visitor-1/);
    await operation.getByRole("listitem").filter({ hasText: "Deletion begun" }).waitFor(PATIENCE);
    await act(running, "pause");
    // It may be on its way to its wait, or woken by an event, and would have stopped before anyone sees that it is about to.
    const pid = Number(running.lab.host?.pid);
    process.kill(pid, "SIGSTOP");
    await operation.getByRole("button", { name: "Stop it before its next change" }).focus();
    await page.keyboard.press("Enter");
    await panel(page, /^Recreate visitor-1 as \S+ stopping$/).waitFor(PATIENCE);
    process.kill(pid, "SIGCONT");
    await act(running, "speed", { speed: 1_500 });
    await panel(page, /^Recreate visitor-1 as \S+ (stopped|half done)$/).waitFor(PATIENCE);
  });
});

/** Runs `npm start`'s program without a story; answers its address. */
function startLab({ onTestFinished }: TestContext): Promise<string> {
  const child: ChildProcess = spawn(process.execPath, ["lab/start.ts", "--no-story", "--port", "0", "--speed", "1200"]);
  onTestFinished(() => void child.kill());
  return new Promise((resolve) => {
    child.stdout?.on("data", (data) => {
      const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(String(data)) ?? [];
      if (url) resolve(url);
    });
  });
}
