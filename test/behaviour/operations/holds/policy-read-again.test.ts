import { describe, expect, it } from "vitest";
import { applyPolicy } from "../../../../src/operations/apply-policy.ts";
import { keepPolicy } from "../../../../src/operations/policy-now.ts";
import { ON_DEGRADED_TAG, type OnDegraded } from "../../../../src/plans/on-degraded.ts";
import { MINUTE, pass } from "../../../support/handlers/sweeping.ts";
import { openGuarded } from "../../../support/operations/guarded.ts";
import { accepted } from "../../../support/operations/recreating.ts";
import { wordsOf } from "../../../support/operations/words.ts";
import { openFunctions } from "../handling.ts";

interface Meanwhile {
  /** The deployment's tag, from two minutes after the announcement. */
  tag?: OnDegraded;
  /** What the guard is deployed with by then. */
  setting?: OnDegraded;
  /** What happens then only once this operation is at this point. */
  at?: "settling" | "deleting";
}

/** The policy recreates, and while it waits for the DDL to settle, or right before it deletes, somebody has it ask for less. */
async function recreatedByItself({ tag, setting, at = "settling" }: Meanwhile) {
  const lab = await openGuarded({ onDegraded: "ask" });
  let result: { deletes: number; outcome?: string; text?: string } = { deletes: -1 };
  // Nothing sweeps here: the lab's own guard has another setting, and would keep that one.
  await lab.clock.work(async () => {
    const id = await lab.ready();
    lab.rds.runDdl("orders", "ALTER TABLE");
    await pass(lab, MINUTE);
    let lowered = false;
    const lower = async () => {
      lowered = tag !== undefined;
      if (setting) await keepPolicy({ onDegraded: setting, tagMayRaise: false }, lab.ports.records);
    };
    await keepPolicy({ onDegraded: "recreate", tagMayRaise: false }, lab.ports.records);
    const deployment = async (asked: string) => {
      const found = await lab.ports.rds.deployment(asked);
      if (at === "deleting" && (await lab.request(requestId))?.notes?.some(({ step }) => step === "started")) await lower();
      return found && lowered && tag ? { ...found, tags: { ...found.tags, [ON_DEGRADED_TAG]: tag } } : found;
    };
    let requestId = "";
    const policy = { onDegraded: "recreate" as const, tagMayRaise: false, operations: true };
    const bus = {
      async request(_operation: string, asked: string) {
        requestId = asked;
      },
    };
    await applyPolicy(`deployment#${id}`, { ...policy, rds: lab.ports.rds, records: lab.ports.records, bus, time: lab.clock });
    const rds = { ...lab.ports.rds, deployment } as never;
    const principal = "arn:aws:iam::123456789012:role/bluegreen-guard-recreate";
    const functions = await openFunctions(lab, { rds, principal, onDegraded: "recreate", settleMinutes: 4 });
    await functions.begin(requestId);
    await pass(lab, 2 * MINUTE);
    if (at === "settling") await lower();
    const { outcome } = await lab.ended(requestId);
    result = { deletes: accepted(lab, "DeleteBlueGreenDeployment"), outcome: outcome?.result, text: wordsOf(outcome) };
  });
  return result;
}

describe("an automatic recreation", () => {
  it("takes place where nothing has changed since its announcement", async () => {
    expect(await recreatedByItself({})).toMatchObject({ deletes: 1, outcome: "done" });
  });

  it.each<[string, Meanwhile, RegExp]>([
    ["the tag asks for less while the DDL settles", { tag: "notify" }, /settings now say notify\./],
    ["the tag asks for less right before the deletion", { tag: "ask", at: "deleting" }, /settings now say ask\./],
    ["the guard is deployed with less meanwhile", { setting: "notify" }, /settings now say notify\./],
    ["the guard is deployed with less right before the deletion", { setting: "ask", at: "deleting" }, /settings now say ask\./],
  ])("deletes nothing where %s", async (_, meanwhile, words) => {
    const { deletes, outcome, text } = await recreatedByItself(meanwhile);
    expect({ deletes, outcome }).toEqual({ deletes: 0, outcome: "refused" });
    expect(text).toMatch(words);
  });
});
