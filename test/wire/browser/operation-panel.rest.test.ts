import { expect, it } from "vitest";
import { newRequest } from "../../../src/operations/request.ts";
import { writeRequest } from "../../../src/operations/requests.ts";
import { TOO_FAINT } from "./contrast.ts";
import { act } from "./lab.ts";
import { panel, steps } from "./panels.ts";
import { describeInBrowser, PATIENCE } from "./visiting.ts";

const HOSTILE = `<img src=x onerror="hit=1"> <script>hit=2</script> <!channel> <https://a.invalid|b>`;
const ID = "0f9a2c41-7d35-4b8e-9c51-2f6d3e8a7b10";
const LONG = { timeout: 150_000 };

describeInBrowser("an operation's panel", ({ open, come }) => {
  it("counts the seconds of a switchover while writes are refused, and says afterwards how long they were", async () => {
    const running = await open(600, "switchover", 4);
    const { page } = await come(running.lab.url);
    const story = running.play();
    const operation = panel(page, /^Switch over orders-16/);
    await operation.waitFor(LONG);
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
    await act(running, "speed", { speed: 1_200 });
    await story;
  });

  it("shows markup in names and in what AWS said as the text that it is", async () => {
    const running = await open(600);
    const { page } = await come(running.lab.url);
    const asked = {
      operation: "recreate",
      deploymentId: "bgd-1",
      deploymentName: HOSTILE,
      blue: "cluster-1",
      requestedBy: { name: HOSTILE },
      via: "terminal",
      stateHash: "0",
      approved: false,
    } as const;
    const notes = [
      { step: "waiting" as const, at: "2026-01-01T00:00:00.000Z", said: { code: "not-created-yet" as const, text: HOSTILE }, run: 0 },
    ];
    // What nobody answers does not end before it is looked at.
    running.lab.rds.faults.hang({ times: 1_000, action: "DescribeBlueGreenDeployments" });
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
    await act(running, "speed", { speed: 1_200 });
    await story;
    await panel(page, /done$/).waitFor(PATIENCE);
  });
});
