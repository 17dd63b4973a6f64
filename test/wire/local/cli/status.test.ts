import { describe, expect, it } from "vitest";
import { openTerminalLab } from "../../../support/local/terminal-lab.ts";

describe("bluegreen-guard status", () => {
  it("shows every deployment, and one by name or id", async () => {
    const lab = await openTerminalLab();
    const id = await lab.ready();
    const all = await lab.run(["status"]);
    expect(all).toMatchObject({ code: 0, err: "" });
    expect(all.out).toContain(`account 123456789012 · ap-northeast-1 · ${lab.url}\n`);
    expect(all.out).toContain(`orders-15 (${id}): Ready to switch over`);
    expect(all.out).toContain("  replication running since ");
    expect((await lab.run(["status", "orders-15"])).out).toContain(`orders-15 (${id}): Ready to switch over`);
    expect((await lab.run(["status", id])).out).toContain(`orders-15 (${id}): Ready to switch over`);
  });
});
