import type { Deployment } from "../../../src/deployments/deployment.ts";
import { card } from "../../../src/messages/slack/card.ts";
import type { Message } from "../../../src/messages/slack/message.ts";
import { stormCard, stormOver } from "../../../src/messages/slack/storm.ts";
import { TRIAL } from "../../../src/messages/slack/trial.ts";
import { unwritableMessage } from "../../../src/messages/slack/unwritable.ts";
import { type Standing, standingOf } from "../../../src/standing/standing.ts";
import { viewOf } from "../../support/deployments/recreating.ts";
import { first, rememberedOf, second } from "../../support/deployments/upgrade.ts";
import type { Example } from "./example.ts";
import { AT, DEPLOYMENT, GREEN_WRITER, WRITER } from "./sentences/each.ts";

/** What the channel shows while very many deployments have news at once. */
const storms = (): readonly Example[] => [
  {
    when: "Very many deployments have news at once",
    message: stormCard({
      waiting: { critical: 2, warning: 0, good: 40, info: 8 },
      watched: 60,
      first: [{ name: "orders-16", severity: "critical", signal: "replication-degraded", at: AT }],
    }),
  },
  { when: "All of it is told", message: stormOver(50) },
];

/** Cards in states that no story reaches. */
const cards = (): readonly Example[] => [
  ...[
    ["PROVISIONING", "RDS is building green"],
    ["INVALID_CONFIGURATION", "RDS says that the configuration is invalid"],
    ["SWITCHOVER_FAILED", "RDS says that the switchover failed"],
    ["SWITCHOVER_IN_PROGRESS", "RDS switches over"],
    ["DELETING", "RDS deletes the deployment"],
    ["MADE_UP", "RDS says what it has never said before"],
  ].map(([status = "", when = ""]) => ({ when: `${when}; a terminal watches`, message: watched(status) })),
  { when: "RDS says two things of replication", message: card(disagreeing(), true) },
  { when: "The deployment is gone, and green is there", message: card(gone(first())) },
  { when: "The deployment is gone after its switchover, and old blue is there", message: card(gone(second())) },
];

function watched(status: string): Message {
  const from = { machine: "laptop", cannotSee: ["CloudWatch metrics"] };
  return card(standingOf({ view: viewOf(first({ status })), facts: [] }), false, from);
}

function disagreeing(): Standing {
  const event = { state: "stopped", from: "event", database: WRITER, at: AT } as const;
  const api = { state: "replicating", from: "api", database: GREEN_WRITER } as const;
  const standing = standingOf({ view: viewOf(), facts: [] });
  return { ...standing, phase: "waiting", replication: { state: "stopped", by: event, disagreement: { event, api } } };
}

function gone(deployment: Deployment): Standing {
  const view = viewOf(deployment);
  return standingOf({ view, exists: false, facts: [], memory: rememberedOf(deployment), left: view.databases });
}

/** What everybody sees besides entries. */
export const inChannel = (): readonly Example[] => [
  ...cards(),
  ...storms(),
  {
    when: "The table does not take what the guard knows",
    message: unwritableMessage(DEPLOYMENT.name, "Item size has exceeded the maximum"),
  },
  { when: "Somebody has the channel tested", message: TRIAL },
];
