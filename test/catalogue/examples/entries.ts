import type { RdsEvent } from "../../../src/events/rds-event.ts";
import { callFact } from "../../../src/facts/calls.ts";
import { type Fact, type Report, withReport } from "../../../src/facts/facts.ts";
import { called } from "../../../src/messages/slack/called.ts";
import type { Message } from "../../../src/messages/slack/message.ts";
import { notice } from "../../../src/messages/slack/notice.ts";
import { endedAs } from "../../../src/operations/ended-as.ts";
import { OPERATION_NAMES, OPERATIONS } from "../../../src/operations/index.ts";
import { newRequest, type OperationRequest } from "../../../src/operations/request.ts";
import type { Said } from "../../../src/operations/says/sayings.ts";
import { OPERATION_MEANINGS } from "../../../src/operations/signals.ts";
import { rules } from "../../../src/rules/index.ts";
import type { Meaning } from "../../../src/rules/rule.ts";
import type { RuleId } from "../../../src/rules/signal-id.ts";
import { OBSERVED } from "../../../src/standing/observed.ts";
import { standingOf } from "../../../src/standing/standing.ts";
import { threadEntryOf } from "../../../src/standing/thread-entry.ts";
import { viewOf } from "../../support/deployments/recreating.ts";
import { sample } from "../../support/deployments/samples.ts";
import { event, first } from "../../support/deployments/upgrade.ts";
import { having } from "../../unit/messages/sent.ts";
import type { Example } from "./example.ts";
import { AT, DEPLOYMENT, GREEN, GREEN_WRITER, NEW } from "./sentences/each.ts";

const deployment = first();

/** An entry for each rule, of the event that AWS documents; the last one is about a deployment that RDS does not list. */
export const ofEvents = (): readonly Example[] => [
  ...rules.map((rule) => ({
    when: `An event that the rule ${rule.id} reads`,
    message: notice(having([named({ ...sample(rule), ...FROM[rule.id] })]).entry),
  })),
  { when: "An event of a deployment that RDS does not list", message: unlisted() },
];

// RDS sends it from the instance whose binary log it is about.
const FROM: Partial<Record<RuleId, Partial<RdsEvent>>> = {
  "binary-log-coordinates": { sourceType: "db-instance", sourceIdentifier: GREEN_WRITER },
};

/** The event with names of the upgrade where AWS's documentation has placeholders. */
function named(from: RdsEvent): RdsEvent {
  const names: Record<string, string> = { blue: "db-cluster", green: "db-cluster-green-ak5mgh", name: "db-cluster", reason: "replica lag" };
  return { ...from, message: from.message.replace(/\{(\w+)\}/g, (_whole, what: string) => names[what] ?? what) };
}

function unlisted(): Message {
  const { entry } = having([event({ message: "Replication has stopped." })]);
  return notice({ ...entry, deployment: undefined });
}

const MISSING = [{ name: GREEN_WRITER, side: "green" }] as const;
const STUCK = { done: 1, of: 2, task: "DB_ENGINE_VERSION_UPGRADE", since: "2024-02-05T06:29:00.000Z" };

/** An entry for each thing that a look at RDS shows. */
export const ofLooks = (): readonly Example[] =>
  OBSERVED.map((meaning) => ({
    when: `A look that shows ${meaning.id}`,
    message: entry(meaning, {
      source: "look",
      message: "",
      reading: { reason: "Read replica: replication degraded", missing: MISSING, stuck: STUCK },
    }),
  }));

/** The request that the examples are about; a person at a terminal asked for it. */
export function request(changes: Partial<OperationRequest> = {}): OperationRequest {
  const { id: deploymentId, name: deploymentName } = deployment;
  const asked = { deploymentId, deploymentName, blue: "cluster-BLUE", requestedBy: { name: "oncall", id: "U0ONCALL" }, stateHash: "" };
  const made = newRequest(ID, { operation: "recreate", via: "slack", approved: true, ...asked }, Date.parse(AT));
  return { ...made, ...changes };
}

const ID = "0f9a2c41-7d35-4b8e-9c51-2f6d3e8a7b10";

const RESULTS = ["done", "partly", "refused", "cancelled", "failed", "unclear"] as const;

/** An entry for each thing that an operation of the guard says. */
export const ofOperations = (): readonly Example[] =>
  OPERATION_MEANINGS.map((meaning) => ({
    when: `The guard says ${meaning.id}`,
    message: entry(meaning, {
      source: "operation",
      message: "",
      said: said(meaning.id),
      reading: { operation: { name: "recreate", requestId: ID } },
    }),
  }));

function said(signal: string): Said {
  const operation = OPERATION_NAMES.find((name) => signal.startsWith(OPERATIONS[name].signals)) ?? "recreate";
  const step = signal.slice(OPERATIONS[operation].signals.length + 1);
  const about = request({ operation });
  if (step === "announced") return { code: "announced", deployment: DEPLOYMENT, settleMinutes: 10 };
  if (step === "late") return { code: "late", validUntil: about.validUntil };
  if (step === "asking") return { code: "asking", deployment: DEPLOYMENT, doubt: { code: "recreated-too-often", times: 2, most: 2 } };
  const result = RESULTS.find((it) => it === step);
  if (result === undefined && operation === "switchover")
    return { code: "switchover-begins", asker: about, deployment: DEPLOYMENT, timeoutSeconds: 300 };
  if (result === undefined)
    return {
      code: "recreation-begins",
      asker: about,
      deployment: DEPLOYMENT,
      greens: [GREEN, GREEN_WRITER],
      newName: NEW.name,
      unprotects: false,
    };
  const attempted = operation === "switchover" && result !== "refused" ? { attemptedAt: AT } : {};
  const ended = request({ operation, created: result === "done" ? deployment.id : undefined, ...attempted });
  return endedAs(ended, result, { code: "aws-said", text: "RDS does not answer" });
}

function entry(meaning: Meaning, said: Pick<Report, "source" | "message" | "said" | "reading">): Message {
  const report: Report = { delivery: meaning.id, signal: meaning.id, at: AT, sourceIdentifier: deployment.id, ...said };
  const facts = withReport([], meaning, report);
  const standing = standingOf({ view: viewOf(deployment), facts });
  return notice(threadEntryOf(facts[0] as Fact, facts, standing), true);
}

const CALLS = { calls: ["S0ONCALL"], of: deployment.id };
const TAKEN = { by: { name: "oncall", id: "U0ONCALL" }, at: AT };

/** What is said of whether a person is on it. */
export const ofCalls = (): readonly Example[] => [
  { when: "A deployment needs a person, and no other entry says so", message: call(callFact("needs-person", "critical", AT, CALLS), {}) },
  { when: "Nobody has come after 30 minutes", message: call(callFact("not-taken", "critical", AT, CALLS), {}) },
  {
    when: "The same, once somebody has taken it",
    message: call(callFact("not-taken", "critical", AT, CALLS), { taken: TAKEN }),
  },
  {
    when: "Somebody takes it in another one's place",
    message: call(
      callFact("taken", "info", AT, { of: deployment.id, taken: { by: TAKEN.by, instead: { name: "colleague", id: "U0COLLEAGUE" } } }),
    ),
  },
];

function call(fact: Fact, taking?: { taken?: typeof TAKEN }): Message {
  const standing = standingOf({ view: viewOf({ ...deployment, status: "INVALID_CONFIGURATION" }), facts: [] });
  return called(notice(threadEntryOf(fact, [fact], standing), true), [fact], taking && { value: "take", ...taking });
}
