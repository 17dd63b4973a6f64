import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { elsewhere } from "../../../support/local/elsewhere.ts";
import { lastLine, openTerminalLab } from "../../../support/local/terminal-lab.ts";

const XHTML = '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body>Sign in to the network</body></html>';

describe("what answers in AWS's place with HTTP 200", { concurrent: true }, () => {
  it.for([
    ["nothing", ""],
    ["a page", XHTML],
  ] as const)("and %s is not taken for AWS, at STS, RDS or EventBridge: 1, and no state is kept", async ([_, body], { onTestFinished }) => {
    const lab = await openTerminalLab({ onTestFinished });
    const address = await elsewhere(onTestFinished, [200, body, "text/html"]);
    const recreate = ["recreate", "orders-15", "--yes", "--json"];
    for (const [args, variable, service] of [
      [["status", "--json"], "AWS_ENDPOINT_URL", "STS"],
      [[...recreate, "--alone"], "AWS_ENDPOINT_URL", "STS"],
      [["watch", "--once", "--alone"], "AWS_ENDPOINT_URL", "STS"],
      [["status", "--json"], "AWS_ENDPOINT_URL_STS", "STS"],
      [["status", "--json"], "AWS_ENDPOINT_URL_RDS", "RDS"],
    ] as const) {
      const ended = await lab.run([...args], { [variable]: address });
      const said = ended.out + ended.err;
      expect([args[0], variable, ended.code]).toEqual([args[0], variable, 1]);
      expect(said).toContain(`What answered in the place of ${service} to`);
      expect(said).not.toMatch(/^\s+at |RDS lists no|account {2}·/m);
      if ([...args].join(" ").includes("--json")) expect(lastLine(ended)).toEqual({ outcome: "failed" });
    }
    expect(existsSync(lab.state)).toBe(false);
    await lab.ruined();
    const unseen = await lab.run(recreate, { AWS_ENDPOINT_URL_EVENTBRIDGE: address });
    expect([unseen.code, unseen.err]).toEqual([2, expect.stringContaining("cannot be seen. What answered in the place of EventBridge")]);
    expect(unseen.err).not.toContain("its event bus");
    expect(lab.accepted("DeleteBlueGreenDeployment")).toEqual([]);
  });
});
