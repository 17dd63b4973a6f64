import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { expect, it } from "vitest";
import { BIN } from "../../../support/local/hello-run.ts";
import { openTerminalLab } from "../../../support/local/terminal-lab.ts";

const SCRIPT = "/usr/bin/script";
const CTRL_C = "\u0003";
const CTRL_D = "\u0004";

// util-linux's script gives a program a terminal of its own.
it.runIf(process.platform === "linux" && existsSync(SCRIPT))(
  "Ctrl-C at the plan's question is 130, and nothing is changed; Ctrl-D and any other word than yes are 2",
  async () => {
    const lab = await openTerminalLab();
    await lab.ruined();
    const aws = { AWS_ENDPOINT_URL: lab.url, AWS_REGION: "ap-northeast-1", AWS_ACCESS_KEY_ID: "lab", AWS_SECRET_ACCESS_KEY: "lab" };
    for (const [keys, expected, words] of [
      [CTRL_C, 130, "Left. Nothing was changed."],
      [CTRL_D, 2, "Nothing was changed."],
      ["no\r", 2, "Nothing was changed."],
    ] as const) {
      const command = [process.execPath, BIN, "recreate", "orders-15", "--state", lab.state].join(" ");
      const child = spawn(SCRIPT, ["-qec", command, "/dev/null"], { env: { ...process.env, ...aws } });
      let shown = "";
      child.stdout.on("data", (data) => {
        const wasAsked = shown.includes("Type yes");
        shown += data;
        if (!wasAsked && shown.includes("Type yes")) child.stdin.write(keys);
      });
      const code = await new Promise((resolve) => child.on("close", resolve));
      expect([keys, code, shown]).toEqual([keys, expected, expect.stringContaining(words)]);
    }
    expect(lab.accepted("DeleteBlueGreenDeployment")).toEqual([]);
  },
);
