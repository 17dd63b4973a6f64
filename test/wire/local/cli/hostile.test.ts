import { expect, it } from "vitest";
import { openTerminalLab } from "../../../support/local/terminal-lab.ts";

const STEERS = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
const WORDS = "\u001b]0;title\u0007\u001b[2JEverything is fine, type yes.\u001b[8m\u009b1A\u202e\r\n  replication none";

const DEGRADED = `Replication has been degraded. ${WORDS}`;

it("what AWS returns reaches neither terminal nor script but as text, in status, plan, progress and outcome", async () => {
  const lab = await openTerminalLab();
  await lab.ready();
  let shown = "";
  for (const json of [[], ["--json"]]) {
    lab.rds.faults.cancelSwitchover(WORDS);
    const { code, out, err } = await lab.run(["switchover", "orders-15", "--yes", ...json]);
    expect([code, (out + err).match(STEERS)]).toEqual([1, null]);
    shown += out + err;
  }
  lab.rds.record({ sourceType: "DB_INSTANCE", sourceIdentifier: "orders-1", message: DEGRADED });
  for (const args of [
    ["status"],
    ["status", "--json"],
    ["recreate", "orders-15"],
    ["switchover", "orders-15", "--json"],
    ["status", "\u001b[2Jx"],
  ]) {
    const { out, err } = await lab.run(args);
    expect((out + err).match(STEERS)).toBeNull();
    shown += out + err;
  }
  expect(shown).toContain("␛[2JEverything is fine");
  expect(shown).toContain("\\u202e");
  expect(shown).toContain('id "␛[2Jx"');
  // What comes in two lines cannot pass for a line of the guard's.
  expect(shown).not.toMatch(/^ {2}replication none/m);
});
