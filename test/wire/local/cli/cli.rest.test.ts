import { describe, expect, it } from "vitest";
import { BIN, runNode } from "../../../support/local/hello-run.ts";

const guard = (...args: string[]) => runNode([BIN, ...args]);

describe("bluegreen-guard", () => {
  it("answers no command with usage and exit code 2", async () => {
    expect(await guard()).toMatchObject({ code: 2, out: "", err: expect.stringMatching(/^Usage: bluegreen-guard/) });
  });

  it.each(["watch", "status", "recreate", "cancel", "hello", "routes", "replay"])("says more of %s", async (name) => {
    const { code, out } = await guard(name, "--help");
    expect(code).toBe(0);
    expect(out).toContain(`bluegreen-guard ${name}`);
  });
});
