import { describe, expect, it } from "vitest";
import { openDoctorLab } from "../../../../support/local/doctor-lab.ts";

// A doctor asks some forty questions, and the stack is synthesized first.

describe("doctor, where a guard is deployed,", () => {
  it("passes every question if all is well; posts and stops only what it was allowed to", async () => {
    const lab = await openDoctorLab();
    const lines = await lab.doctor({ allowed: { post: true, stop: true } });
    expect([...lines.values()].filter(({ result }) => result !== "pass")).toEqual([]);
    expect(lines.size).toBeGreaterThan(35);
    // By the person's own credentials, and by the watch function.
    expect(lab.slack.messages.length).toBe(4);
    expect(lab.slack.messages.every(({ deleted }) => deleted)).toBe(true);
    for (const name of ["watch", "sweep", "recreate", "switchover", "release", "answer"])
      expect(lines.get(name)?.came).toMatch(/; the index shows a new item after \d+ ms$/);
    expect(lines.get("patterns")?.came).toBe("17 of 55 recorded events");
    expect(lines.get("stopped-execution")?.came).toMatch(/^heard at .+ of version 1, after \d s$/);
  });

  it("changes nothing in RDS and posts nothing; each function writes one item, which expires", async () => {
    const lab = await openDoctorLab();
    const lines = await lab.doctor();
    expect(lines.has("slack-channel")).toBe(false);
    expect(lines.has("watch-posts")).toBe(false);
    expect(lines.has("stopped-execution")).toBe(false);
    expect(lab.slack.messages).toEqual([]);
    expect(lab.rds.calls.filter(({ action }) => !action.startsWith("Describe"))).toEqual([]);
    expect(lab.rds.calls.length).toBeGreaterThan(20);
    expect(lab.bus.events).toEqual([]);
    const items = await lab.items();
    expect(items.map(({ pk }) => String(pk).replace(/#.+#/, "#…#")).sort()).toEqual(
      ["answer", "recreate", "release", "sweep", "switchover", "watch"].map((name) => `selftest#…#${name}`),
    );
    const now = lab.clock.now() / 1_000;
    for (const { expiresAt } of items) expect(Number(expiresAt) - now).toBeLessThanOrEqual(2 * 3_600);
  });

  it("is the same at a terminal: exit code 0, and no secret in what it prints", async () => {
    const lab = await openDoctorLab();
    const { code, out, err } = await lab.run(["--json"]);
    const lines = out
      .trim()
      .split("\n")
      .map((it) => JSON.parse(it) as { id: string; result: string });
    expect(lines.filter(({ result }) => result !== "pass")).toEqual([]);
    expect(lines.map(({ id }) => id)).toEqual(expect.arrayContaining(["where", "recreate", "slack", "entrance", "metrics"]));
    expect(err).toMatch(/\d+ questions: \d+ pass, 0 fail, 0 unknown\.\n$/);
    expect(out + err).not.toMatch(/xoxb-lab|lab-signing-secret/);
    expect(code).toBe(0);
  });
});
