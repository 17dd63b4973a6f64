import { spawn } from "node:child_process";
import { existsSync, openSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ended } from "../../../support/ended.ts";
import { BIN } from "../../../support/local/hello-run.ts";
import { openTerminalLab, type TerminalLab } from "../../../support/local/terminal-lab.ts";

const environment = ({ url }: TerminalLab) => ({
  ...process.env,
  AWS_ENDPOINT_URL: url,
  AWS_REGION: "ap-northeast-1",
  AWS_ACCESS_KEY_ID: "lab",
  AWS_SECRET_ACCESS_KEY: "lab",
});

/** Runs a command whose reader closes the pipe after `words`; answers its exit code. */
function leftAfter(words: string, lab: TerminalLab, args: string[]): Promise<number | null> {
  const child = spawn(process.execPath, [BIN, ...args, "--state", lab.state], { env: environment(lab) });
  child.stdout.on("data", (data) => void (String(data).includes(words) && child.stdout.destroy()));
  return new Promise((resolve) => child.on("exit", resolve));
}

describe("an output that takes no more", () => {
  it("ends what only shows with 0, and what changes something not: it is not done", async () => {
    const lab = await openTerminalLab();
    await lab.ruined();
    expect(await leftAfter("account", lab, ["status"])).toBe(0);
    lab.slowDown();
    expect(await leftAfter("RDS deletes it", lab, ["recreate", "orders-15", "--yes", "--json"])).toBe(1);
    lab.goOn();
    expect((await lab.run(["recreate", "orders-15", "--yes"])).code).toBe(0);
    expect(lab.accepted("DeleteBlueGreenDeployment")).toHaveLength(1);
    expect(lab.accepted("CreateBlueGreenDeployment")).toHaveLength(2);
  });

  it.runIf(existsSync("/dev/full"))("because its disk is full ends every command with 1", async () => {
    const lab = await openTerminalLab();
    for (const args of [["status"], ["cancel", "orders-15", "--json"]]) {
      const stdio = ["ignore", openSync("/dev/full", "w"), "pipe"] as const;
      const child = spawn(process.execPath, [BIN, ...args, "--state", lab.state], { env: environment(lab), stdio: [...stdio] });
      expect([args[0], (await ended(child)).code]).toEqual([args[0], 1]);
    }
  });
});
