import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { BIN, runNode } from "../../../support/local/hello-run.ts";
import { lastLine, openTerminalLab } from "../../../support/local/terminal-lab.ts";

describe("a state folder that cannot be used", { concurrent: true }, () => {
  it("is said in one sentence by every command, with the file and what to do, and exit code 2", async ({ onTestFinished }) => {
    const lab = await openTerminalLab({ onTestFinished });
    await lab.ready();
    const records = join(lab.kept, "records");
    await mkdir(records, { recursive: true });
    const file = join(records, "request%23x.json");
    await writeFile(file, '{"item":{"key":"request#x","ver');
    for (const args of [["status"], ["recreate", "orders-15", "--yes"], ["switchover", "orders-15", "--yes"], ["cancel", "orders-15"]]) {
      const { code, err } = await lab.run(args);
      expect([args[0], code, err.trim().split("\n")]).toEqual([args[0], 2, [expect.stringMatching(/^\S+request%23x\.json is not whole/)]]);
    }
    await rm(lab.kept, { recursive: true });
    await writeFile(lab.kept, "");
    const { code, err } = await lab.run(["recreate", "orders-15", "--yes"]);
    expect([code, err]).toEqual([2, `${lab.kept} is no folder: choose another folder with --state.\n`]);
    expect(lab.accepted("DeleteBlueGreenDeployment")).toEqual([]);
  });

  it("in the middle ends the process with what to do, and the same command goes on once it can be used", async ({ onTestFinished }) => {
    const lab = await openTerminalLab({ onTestFinished });
    await lab.ruined();
    lab.slowDown();
    const first = lab.start(["recreate", "orders-15", "--yes", "--json"]);
    await first.saw("RDS deletes it");
    const [records, away] = [join(lab.kept, "records"), join(lab.kept, "away")];
    await rename(records, away);
    await writeFile(records, "");
    lab.goOn();
    const broken = await first.ended;
    expect(broken.code).toBe(1);
    expect(broken.err).toMatch(/\.json is no folder, or is in none: choose another folder with --state\.$/m);
    expect(broken.err).not.toMatch(/^\s+at /m);
    expect(lastLine(broken)).toEqual({ outcome: "interrupted" });
    await rm(records);
    await rename(away, records);
    expect((await lab.run(["recreate", "orders-15", "--yes"])).code).toBe(0);
    expect(lab.accepted("DeleteBlueGreenDeployment")).toHaveLength(1);
    expect(lab.accepted("CreateBlueGreenDeployment")).toHaveLength(2);
  });

  it.runIf(existsSync("/proc/self"))(
    "because no folder can be created there is said, and not tried for ever",
    async ({ onTestFinished }) => {
      const { url: AWS_ENDPOINT_URL } = await openTerminalLab({ onTestFinished });
      const aws = { AWS_ENDPOINT_URL, AWS_REGION: "ap-northeast-1", AWS_ACCESS_KEY_ID: "lab", AWS_SECRET_ACCESS_KEY: "lab" };
      const { code, err } = await runNode([BIN, "cancel", "orders-15", "--state", "/proc/nobody/state"], aws);
      expect([code, err]).toEqual([
        2,
        expect.stringMatching(/^\/proc\/nobody\/state\/\S+ cannot be used \(ENOENT.*: choose another folder/),
      ]);
    },
  );

  it("is not lost over what somebody left among the wishes to stop", async ({ onTestFinished }) => {
    const lab = await openTerminalLab({ onTestFinished });
    await lab.ruined();
    await mkdir(join(lab.kept, "stop"), { recursive: true });
    for (const [name, text] of [
      ["a.json", "{"],
      ["b.json", "null"],
      ["c.json", '{"requestId":1}'],
    ] as const) {
      await writeFile(join(lab.kept, "stop", name), text);
    }
    expect((await lab.run(["recreate", "orders-15", "--yes"])).code).toBe(0);
    expect(await readdir(join(lab.kept, "stop"))).toEqual(["a.json", "b.json", "c.json"]);
    expect(existsSync(join(lab.kept, "records"))).toBe(true);
  });
});
