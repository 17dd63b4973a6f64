import * as words from "../../../src/messages/language.ts";
import { approvalMessage, decidedMessage } from "../../../src/messages/slack/approval.ts";
import { IN_SLACK } from "../../../src/messages/slack/form.ts";
import { goOnMessage } from "../../../src/messages/slack/go-on.ts";
import { type PlanFrame, recreatePlanMessage, switchoverPlanMessage } from "../../../src/messages/slack/plan-message.ts";
import { statusOfAll, statusOfOne } from "../../../src/messages/slack/status-message.ts";
import { endedAs } from "../../../src/operations/ended-as.ts";
import { leftOf } from "../../../src/operations/recreate/ended-as.ts";
import type { Check } from "../../../src/plans/checks.ts";
import { recreatePlan } from "../../../src/plans/plan.ts";
import { keptSpec } from "../../../src/plans/spec/settled.ts";
import { standingOf } from "../../../src/standing/standing.ts";
import { specFor, viewOf } from "../../support/deployments/recreating.ts";
import { first } from "../../support/deployments/upgrade.ts";
import { answers, DECISIONS } from "./answers.ts";
import { request } from "./entries.ts";
import type { Example } from "./example.ts";
import { forced } from "./forced.ts";
import { AT, coded, DEPLOYMENT, NEW, ONCALL } from "./sentences/each.ts";

const NOW = Date.parse(AT);
const { source } = first();
const create = {
  BlueGreenDeploymentName: NEW.name,
  Source: source,
  TargetEngineVersion: "15.5",
  TargetDBParameterGroupName: "instance-15",
  Tags: [],
};
const intent = { source, greens: [], protectedGreens: [], create, spec: keptSpec(specFor(viewOf()), AT) };
const deleted = request({ deletionBegunAt: AT, deletedAt: AT, intent });
const said = endedAs(deleted, "failed", { code: "aws-said", text: "RDS does not answer" });
const failed = { ...deleted, outcome: { result: "failed" as const, said, at: AT } };
const resumed = { ...failed, resumed: [{ by: ONCALL, at: AT }] };

/** What somebody reads who goes on with a recreation, and who decides on a request. */
const decisions = (): readonly Example[] => [
  { when: "Somebody asks for a recreation that ended after its deletion", message: goOnMessage(failed, leftOf(failed), "confirm") },
  {
    when: "Another operator has to approve that",
    message: approvalMessage(resumed, "request", words.goOnSteps(leftOf(failed), failed, IN_SLACK)),
  },
  ...coded(DECISIONS).map((how) => ({ when: `It is decided: \`${how.code}\``, message: decidedMessage(request(), how) })),
];

const FRAME: PlanFrame = { confirm: "confirm", notes: [], approvals: 1, howLong: words.recreationTakes(31 * 60_000) };
const MISSING = { code: "older-than-listed", deploymentId: DEPLOYMENT.id } as const;
const CHECKS: Check[] = [
  { id: "blue", result: "pass", found: { code: "blue-available" } },
  { id: "stack", result: "warn", found: { code: "in-stack", stacks: ["AuroraStack"] } },
];

/** Plans as no story has them. */
function plans(): readonly Example[] {
  const view = viewOf();
  const standing = standingOf({ view, facts: [] });
  const plan = recreatePlan({ view, spec: specFor(view), checks: CHECKS, newName: NEW.name, now: NOW });
  const checks: Check[] = [{ id: "tasks", result: "fail", found: { code: "members-absent", until: "wait" } }];
  const notReady = { ...FRAME, confirm: undefined, notes: [words.cannotBeDone(words.PLAN_NOTES["not-ready"])] };
  return [
    { when: "A recreation of what is healthy", message: recreatePlanMessage(plan, standing, undefined, FRAME) },
    {
      when: "The plan of a recreation has changed, and its events may be missing",
      message: recreatePlanMessage(plan, standing, MISSING, { ...FRAME, notes: [words.PLAN_NOTES.changed] }),
    },
    {
      when: "A switchover of what is not ready",
      message: switchoverPlanMessage({ deployment: DEPLOYMENT, steps: [], checks, timeoutSeconds: 300 }, standing, notReady),
    },
  ];
}

/** How deployments stand, as no story has them. */
function statuses(): readonly Example[] {
  const tasks = [{ name: "CREATING_READ_REPLICA_OF_SOURCE", status: "IN_PROGRESS" }];
  const summary = standingOf({ view: viewOf(first({ status: "PROVISIONING", tasks })), facts: [] });
  return [
    { when: "Somebody asks for one deployment, of which nothing was told", message: statusOfOne({ summary }, CHECKS, NOW) },
    {
      when: "Somebody asks for all, one of which RDS is building, and the guard left one unfinished",
      message: statusOfAll([{ summary, ageMs: 60_000 }], [failed]),
    },
  ];
}

/** What one person alone sees. */
export const replies = (): readonly Example[] => [...plans(), ...statuses(), ...decisions(), ...answers(), ...forced()];
