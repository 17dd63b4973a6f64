import { existsSync } from "node:fs";
import { createServer } from "node:http";
import { describe, expect, it } from "vitest";
import { lastLine, openTerminalLab } from "../../../support/local/terminal-lab.ts";

const XHTML = '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body>Sign in to the network</body></html>';

type End = (end: () => void) => void;

/** What answers everything with HTTP 200 and this body; its address. */
async function answering(body: string, onTestFinished: End): Promise<string> {
  const server = createServer((_, response) => response.writeHead(200, { "content-type": "text/html" }).end(body));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
}

describe("what answers in AWS's place with HTTP 200", { concurrent: true }, () => {
  it.for([
    ["nothing", ""],
    ["a page", XHTML],
  ] as const)("and %s is not taken for AWS, at STS, RDS or EventBridge: 1, and no state is kept", async ([_, body], { onTestFinished }) => {
    const lab = await openTerminalLab({ onTestFinished });
    const elsewhere = await answering(body, onTestFinished);
    const recreate = ["recreate", "orders-15", "--yes", "--json"];
    for (const [args, variable, service] of [
      [["status", "--json"], "AWS_ENDPOINT_URL", "STS"],
      [[...recreate, "--alone"], "AWS_ENDPOINT_URL", "STS"],
      [["watch", "--once", "--alone"], "AWS_ENDPOINT_URL", "STS"],
      [["status", "--json"], "AWS_ENDPOINT_URL_STS", "STS"],
      [["status", "--json"], "AWS_ENDPOINT_URL_RDS", "RDS"],
    ] as const) {
      const ended = await lab.run([...args], { [variable]: elsewhere });
      const said = ended.out + ended.err;
      expect([args[0], variable, ended.code]).toEqual([args[0], variable, 1]);
      expect(said).toContain(`What answered in the place of ${service} to`);
      expect(said).not.toMatch(/^\s+at |RDS lists no|account {2}·/m);
      if ([...args].join(" ").includes("--json")) expect(lastLine(ended)).toEqual({ outcome: "failed" });
    }
    expect(existsSync(lab.state)).toBe(false);
    await lab.ruined();
    const unseen = await lab.run(recreate, { AWS_ENDPOINT_URL_EVENTBRIDGE: elsewhere });
    expect([unseen.code, unseen.err]).toEqual([2, expect.stringContaining("cannot be seen. What answered in the place of EventBridge")]);
    expect(unseen.err).not.toContain("its event bus");
    expect(lab.accepted("DeleteBlueGreenDeployment")).toEqual([]);
  });
});
