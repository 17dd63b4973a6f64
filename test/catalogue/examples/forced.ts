import { answer } from "../../../src/messages/slack/command-replies.ts";
import { forcePlanMessage } from "../../../src/messages/slack/force-plan.ts";
import type { ForceFacts, RdsShows } from "../../../src/operations/force.ts";
import { OPERATION_NAMES, type OperationName } from "../../../src/operations/index.ts";
import type { Owner } from "../../../src/operations/settle.ts";
import { request } from "./entries.ts";
import type { Example } from "./example.ts";
import { AT, coded, DEPLOYMENT, type Each, NEW } from "./sentences/each.ts";

const OWNERS: readonly (Owner & { in: string })[] = [
  { state: "running", in: "whose execution is running" },
  { state: "ended", status: "FAILED", in: "whose execution has ended" },
  { state: "gone", in: "of whose execution Lambda knows nothing" },
  { state: "unknown", why: "ListDurableExecutions was refused", in: "whose execution could not be asked about" },
];

const SHOWS: Each<RdsShows> = {
  shown: { deployment: DEPLOYMENT, status: "SWITCHOVER_IN_PROGRESS" },
  "not-listed": { deployment: NEW },
  "not-asked": { deployment: DEPLOYMENT, text: "Rate exceeded" },
};

/** What is known of an operation that somebody ends by force. */
export const facts = (owner: Owner, operation: OperationName): ForceFacts => ({
  request: request(operation === "switchover" ? { operation, timeoutSeconds: 300, attemptedAt: AT } : { deletionBegunAt: AT }),
  owner,
  leaves: operation === "switchover" ? "switchover" : "maybe-no-green",
  rds: coded(SHOWS),
});

/** What somebody reads who ends an operation by force. */
export const forced = (): readonly Example[] =>
  OWNERS.flatMap(({ in: which, ...owner }, index) => [
    ...OPERATION_NAMES.flatMap((operation) => [
      { when: `Somebody asks to end a ${operation} by force ${which}`, message: forcePlanMessage(facts(owner, operation), "confirm") },
      { when: "They confirm it", message: answer({ code: "forced", ...facts(owner, operation) }) },
    ]),
    ...(index > 0
      ? []
      : [
          {
            when: "They confirm it, and it has changed meanwhile",
            message: forcePlanMessage(facts(owner, "switchover"), "confirm", "force-changed"),
          },
        ]),
  ]);
