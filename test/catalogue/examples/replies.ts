import { goOnMessage } from "../../../src/conversation/begin.ts";
import { card } from "../../../src/messages/card.ts";
import { listReply, notAnOperator, notHere, operatorsUnknown, shortReply } from "../../../src/messages/command-replies.ts";
import { forcedWords, forcePlanMessage } from "../../../src/messages/force-plan.ts";
import type { Message } from "../../../src/messages/message.ts";
import { LEAVES, stopsWords } from "../../../src/messages/stopping.ts";
import { stormCard, stormOver } from "../../../src/messages/storm.ts";
import { TRIAL } from "../../../src/messages/trial.ts";
import { severalWords } from "../../../src/operations/find-request.ts";
import { outcomeText } from "../../../src/operations/outcome-text.ts";
import type { Owner } from "../../../src/operations/settle.ts";
import { keptSpec } from "../../../src/plans/spec/settled.ts";
import { standingOf } from "../../../src/standing/standing.ts";
import type { Leaves } from "../../../src/standing/under-way.ts";
import { specFor, viewOf } from "../../support/deployments/recreating.ts";
import { first } from "../../support/deployments/upgrade.ts";
import { request } from "./entries.ts";
import type { Example } from "./example.ts";

const AT = "2024-02-05T11:41:00.000Z";

/** What the channel shows while very many deployments have news at once. */
const storms = (): readonly Example[] => [
  {
    when: "Very many deployments have news at once",
    message: stormCard({
      waiting: { critical: 2, warning: 0, good: 40, info: 8 },
      watched: 60,
      first: [{ name: "orders-16", severity: "critical", meaning: "Green no longer follows blue.", at: AT }],
    }),
  },
  { when: "All of it is told", message: stormOver(50) },
];

const OWNERS: readonly (Owner & { in: string })[] = [
  { state: "running", in: "whose execution is running" },
  { state: "ended", status: "FAILED", in: "whose execution has ended" },
  { state: "gone", in: "of whose execution Lambda knows nothing" },
  { state: "unknown", why: "ListDurableExecutions was refused", in: "whose execution could not be asked about" },
];

const switching = request({ operation: "switchover", timeoutSeconds: 300, attemptedAt: AT });
const rds = ["RDS shows blue-green (bgd-hy5ntvomddiv89r8) as SWITCHOVER_IN_PROGRESS."];

/** What somebody reads who ends an operation by force. */
const forced = (): readonly Example[] =>
  OWNERS.flatMap(({ in: which, ...owner }) => [
    {
      when: `Somebody asks to end an operation by force ${which}`,
      message: forcePlanMessage({ request: switching, owner, leaves: "switchover", rds }, ""),
    },
    { when: "They confirm it", message: shortReply("warning", forcedWords({ request: switching, owner, rds })) },
  ]);

/** What somebody reads who stops an operation, by what it leaves. */
const stops = (): readonly Example[] =>
  (Object.keys(LEAVES) as Leaves[]).flatMap((leaves) => [
    { when: `Somebody stops an operation that leaves ${leaves}`, message: shortReply("good", `It ${stopsWords(leaves, true)}`) },
  ]);

const { source } = first();
const create = {
  BlueGreenDeploymentName: "blue-green-00000001",
  Source: source,
  TargetEngineVersion: "15.5",
  TargetDBParameterGroupName: "instance-15",
  Tags: [],
};
const intent = { source, greens: [], protectedGreens: [], create, spec: keptSpec(specFor(viewOf()), AT) };
const deleted = request({ deletionBegunAt: AT, deletedAt: AT, intent });
const failed = { ...deleted, outcome: { result: "failed" as const, text: outcomeText(deleted, "failed", "RDS does not answer"), at: AT } };
const other = request({ deploymentId: "bgd-cavqrityavom8edj" });

/** What only one person sees. */
const answers = (): readonly Example[] => [
  { when: "Nobody is named as an operator", message: notAnOperator(0) },
  { when: "Slack does not say who is in a user group", message: operatorsUnknown() },
  { when: "A user group is named wrongly", message: operatorsUnknown(true) },
  { when: "Somebody types in another channel", message: notHere(["C0BLUEGREEN"]) },
  { when: "A name means several operations", message: listReply(severalWords([deleted, other], deleted.deploymentName) ?? "") },
  { when: "Somebody asks for a recreation that ended after its deletion", message: goOnMessage(failed, "") },
];

/** Cards in states that no story reaches. */
const cards = (): readonly Example[] =>
  [
    ["PROVISIONING", "RDS is building green"],
    ["INVALID_CONFIGURATION", "RDS says that the configuration is invalid"],
    ["SWITCHOVER_FAILED", "RDS says that the switchover failed"],
    ["SWITCHOVER_IN_PROGRESS", "RDS switches over"],
    ["DELETING", "RDS deletes the deployment"],
    ["MADE_UP", "RDS says what it has never said before"],
  ].map(([status = "", when = ""]) => ({ when: `${when}; a terminal watches`, message: watched(status) }));

function watched(status: string): Message {
  const from = { machine: "laptop", cannotSee: ["CloudWatch metrics"] };
  return card(standingOf({ view: viewOf(first({ status })), facts: [] }), false, from);
}

/** What one person alone sees. */
export const replies = (): readonly Example[] => [...answers(), ...stops(), ...forced()];
/** What everybody sees besides entries. */
export const inChannel = (): readonly Example[] => [...cards(), ...storms(), { when: "Somebody has the channel tested", message: TRIAL }];
